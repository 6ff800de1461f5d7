import type { Extension } from '../account/model.ts';
import { grantsOf } from '../gates.ts';
import { pagedCollection, readPage } from '../http/paging.ts';
import { ok, type Reply } from '../http/reply.ts';
import type { World } from '../world.ts';
import { renderRegionalSettings } from './account.ts';
import { accountUri, type Call, extensionUri, type Operation, type UserGate } from './operation.ts';
import { demandWords } from './query.ts';
import { renderAssigned } from './render-role.ts';

const STATUSES = ['Enabled', 'Disabled', 'Frozen', 'NotActivated', 'Unassigned'];
const TYPES = [
  'User',
  'Department',
  'Announcement',
  'Voicemail',
  'DigitalUser',
  'VirtualUser',
  'FaxUser',
  'PagingOnly',
  'SharedLinesGroup',
  'DelegatedLinesGroup',
  'GroupCallPickup',
  'IvrMenu',
  'ApplicationExtension',
  'ProxyAdmin',
  'RoomConnector',
  'ParkLocation',
  'Limited',
  'Bot',
  'Site',
  'Room',
  'FlexibleUser',
  'TieLine',
  'Unknown',
];
const GATE: UserGate = { permission: 'ReadExtensions', over: 'account' };

function renderSiteOf(world: World, extension: Extension): object {
  const site = world.account.sites.find((candidate) => candidate.id === extension.siteId);
  return { id: extension.siteId, uri: accountUri(world, `/sites/${extension.siteId}`), name: site?.name ?? '' };
}

/** What the list and the single resource have in common. */
function renderExtension(world: World, extension: Extension): Record<string, unknown> {
  const may = (permission: string) => grantsOf(world.account, extension, permission).length > 0;
  return {
    id: extension.id,
    uri: extensionUri(world, extension),
    extensionNumber: extension.number,
    name: extension.name,
    contact: renderContact(world, extension),
    type: extension.type,
    status: extension.status,
    hidden: false,
    site: renderSiteOf(world, extension),
    creationTime: new Date(extension.createdAt).toISOString(),
    permissions: {
      admin: { enabled: extension.roles.some((held) => held.roleId === '1') },
      internationalCalling: { enabled: may('InternationalCalls') },
    },
    profileImage: { uri: extensionUri(world, extension, '/profile-image') },
    ...(world.switches.extensionShowsRoles ? { roles: renderAssigned(world, extension, false) } : {}),
  };
}

function renderContact(world: World, extension: Extension): object {
  return {
    firstName: extension.firstName,
    ...(extension.lastName === '' ? {} : { lastName: extension.lastName }),
    company: world.account.company,
    ...(extension.email === null ? {} : { email: extension.email, emailAsLoginName: true }),
    ...(extension.department === null ? {} : { department: extension.department }),
  };
}

function list({ world, query }: Call): Reply {
  const statuses = demandWords(query, 'status', STATUSES);
  const types = demandWords(query, 'type', TYPES);
  const emails = new Set(query.getAll('email').map((email) => email.toLowerCase()));
  const number = query.get('extensionNumber');
  const rows = world.account.extensions.filter(
    (extension) =>
      (number === null || extension.number === number) &&
      (statuses.size === 0 || statuses.has(extension.status)) &&
      (types.size === 0 || types.has(extension.type)) &&
      (emails.size === 0 || (extension.email !== null && emails.has(extension.email))),
  );
  const link = { uri: accountUri(world, '/extension'), query };
  return ok(pagedCollection(rows, readPage(query), (extension) => renderExtension(world, extension), link));
}

/** Extensions of the account: everything that can ring, users and others alike. */
export const EXTENSION_OPERATIONS: readonly Operation[] = [
  {
    operationId: 'listExtensions',
    method: 'GET',
    path: '/restapi/v1.0/account/{accountId}/extension',
    group: 'Medium',
    availability: 'High',
    app: 'ReadAccounts',
    user: GATE,
    handle: list,
  },
  {
    operationId: 'readExtension',
    method: 'GET',
    path: '/restapi/v1.0/account/{accountId}/extension/{extensionId}',
    group: 'Light',
    availability: 'High',
    app: 'ReadAccounts',
    user: { ...GATE, over: 'extension' },
    handle: ({ world, target }) =>
      ok({
        ...renderExtension(world, target),
        account: { id: String(world.account.id), uri: accountUri(world) },
        extensionNumbers: [target.number],
        setupWizardState: target.status === 'NotActivated' ? 'NotStarted' : 'Completed',
        regionalSettings: renderRegionalSettings(world),
      }),
  },
];
