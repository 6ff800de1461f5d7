import type { Json } from '../json.ts';
import type { World } from '../world.ts';
import { prettyType } from './store.ts';
import type { SlackFile } from './types.ts';

/** A file as Web API answers and events carry it; a deleted one is a tombstone. */
export function fileJson(world: World, file: SlackFile): Json {
  if (file.deleted) return { id: file.id, mode: 'tombstone' };
  const owner = world.members.get(file.user);
  const seconds = Math.floor(file.createdAt / 1000);
  const { origin, identity } = world;
  const path = `${identity.teamId}-${file.id}`;
  const name = encodeURIComponent(file.name);
  const external = file.externalUrl !== null;
  return {
    id: file.id,
    created: seconds,
    timestamp: seconds,
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: external ? 'remote' : file.filetype,
    pretty_type: external ? 'Remote' : prettyType(file.name),
    user: file.user,
    user_team: owner?.teamId ?? identity.teamId,
    editable: false,
    size: external ? 0 : file.bytes.length,
    mode: external ? 'external' : 'hosted',
    is_external: external,
    external_type: external ? 'app' : '',
    is_public: file.shares.some(({ channel }) => world.channels.get(channel)?.kind === 'channel'),
    public_url_shared: false,
    display_as_bot: false,
    username: '',
    url_private: file.externalUrl ?? `${origin}/files-pri/${path}/${name}`,
    ...(external ? {} : { url_private_download: `${origin}/files-pri/${path}/download/${name}` }),
    permalink: `https://${identity.teamDomain}.slack.example/files/${file.user}/${file.id}/${name}`,
    ...sharesOf(world, file),
    is_starred: false,
    has_rich_preview: false,
    file_access: 'visible',
  };
}

/** What a message event says of a file from another company: only that `files.info` has to be asked. */
export function hiddenFileJson(file: SlackFile): Json {
  return { id: file.id, mode: 'file_access', file_access: 'check_file_info', created: 0, timestamp: 0, user: '' };
}

function sharesOf(world: World, file: SlackFile): Json {
  const of = (kind: string) =>
    [...new Set(file.shares.map(({ channel }) => channel))].filter((id) => world.channels.get(id)?.kind === kind);
  const entries = (ids: readonly string[]) =>
    Object.fromEntries(
      ids.map((id) => [
        id,
        file.shares
          .filter(({ channel }) => channel === id)
          .map(({ ts, threadTs }) => ({ ts, ...(threadTs === null ? {} : { thread_ts: threadTs }) })),
      ]),
    );
  const channels = of('channel');
  const groups = of('private');
  const ims = of('im');
  return {
    channels,
    groups,
    ims,
    shares: {
      ...(channels.length === 0 ? {} : { public: entries(channels) }),
      ...(groups.length + ims.length === 0 ? {} : { private: entries([...groups, ...ims]) }),
    },
  };
}
