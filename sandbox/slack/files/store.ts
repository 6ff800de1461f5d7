import type { World } from '../world.ts';
import type { SlackFile } from './types.ts';

/** What a file ending means: Slack's word for the kind, its pretty name and the media type. */
const KINDS: Readonly<Record<string, readonly [filetype: string, pretty: string, mimetype: string]>> = {
  csv: ['csv', 'CSV', 'text/csv'],
  tsv: ['tsv', 'TSV', 'text/tab-separated-values'],
  txt: ['text', 'Plain Text', 'text/plain'],
  json: ['json', 'JSON', 'application/json'],
  jsonl: ['text', 'Plain Text', 'text/plain'],
  md: ['markdown', 'Markdown (raw)', 'text/plain'],
  html: ['html', 'HTML', 'text/html'],
  pdf: ['pdf', 'PDF', 'application/pdf'],
  png: ['png', 'PNG', 'image/png'],
  jpg: ['jpg', 'JPEG', 'image/jpeg'],
  xlsx: ['xlsx', 'Excel Spreadsheet', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  zip: ['zip', 'Zip', 'application/zip'],
};
const UNKNOWN = ['binary', 'Binary', 'application/octet-stream'] as const;

function kindOf(name: string): readonly [string, string, string] {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  return (Object.hasOwn(KINDS, ending) ? KINDS[ending] : undefined) ?? UNKNOWN;
}

/** Slack's pretty word for the kind of a file, such as `CSV`. */
export function prettyType(name: string): string {
  return kindOf(name)[1];
}

/** What a new file needs; the rest follows from its name. */
export type NewFile = {
  readonly name: string;
  readonly title?: string | undefined;
  readonly user: string;
  readonly bytes: Buffer;
  readonly mimetype?: string | undefined;
  readonly externalUrl?: string | null;
  readonly id?: string;
};

/** Keeps a file; nobody but its owner sees it until it is shared. */
export function addFile(world: World, entry: NewFile): SlackFile {
  const [filetype, , mimetype] = kindOf(entry.name);
  const file: SlackFile = {
    id: entry.id ?? newFileId(world),
    name: entry.name,
    title: entry.title ?? entry.name,
    mimetype: entry.mimetype ?? mimetype,
    filetype,
    user: entry.user,
    bytes: entry.bytes,
    createdAt: world.clock.now(),
    externalUrl: entry.externalUrl ?? null,
    deleted: false,
    shares: [],
  };
  world.files.set(file.id, file);
  return file;
}

/** An id of the shape of Slack's. */
export function newFileId(world: World): string {
  return `F${world.ids.code(10)}`;
}

/** Whether a member has a file before them: their own, or shared where they are. */
export function isVisibleTo(world: World, file: SlackFile, user: string): boolean {
  if (file.user === user) return true;
  return file.shares.some(({ channel }) => world.channels.get(channel)?.members.has(user) === true);
}
