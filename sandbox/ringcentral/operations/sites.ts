import { type Extension, MAIN_SITE, type Site } from '../account/model.ts';
import { invalidParameter, userLacksReach } from '../http/failure.ts';
import { NO_CONTENT, ok } from '../http/reply.ts';
import { touch, type World } from '../world.ts';
import { renderRegionalSettings } from './account.ts';
import { readIds } from './bulk-assign.ts';
import { accountUri, demandSite, extensionUri, type Operation, type UserGate } from './operation.ts';

const SITES = '/restapi/v1.0/account/{accountId}/sites';
const ADMINISTERED = '/restapi/v1.0/account/{accountId}/extension/{extensionId}/administered-sites';
const READ = { method: 'GET', availability: 'High', app: 'ReadAccounts' } as const;
const GATE: UserGate = { permission: 'ReadExtensions', over: 'account' };

function siteUri(world: World, site: Site): string {
  return accountUri(world, `/sites/${site.id}`);
}

function renderSite(world: World, site: Site): object {
  return {
    id: site.id,
    uri: siteUri(world, site),
    name: site.name,
    extensionNumber: site.extensionNumber,
    callerIdName: world.account.company,
    regionalSettings: renderRegionalSettings(world),
    siteAccess: 'Unlimited',
    code: site.code,
  };
}

/** The site schema of role management, which is another one than that of multi-site. */
function renderAdministered(world: World, site: Site): object {
  return {
    uri: siteUri(world, site),
    id: site.id,
    code: site.code,
    name: site.name,
    extensionNumber: site.extensionNumber,
    callerIdName: world.account.company,
  };
}

function renderMember(world: World, extension: Extension): object {
  return {
    id: extension.id,
    uri: extensionUri(world, extension),
    extensionNumber: extension.number,
    type: extension.type,
    name: extension.name,
  };
}

function administered(world: World, extension: Extension): object {
  const sites = world.account.sites.filter((site) => extension.administeredSites.includes(site.id));
  return {
    uri: extensionUri(world, extension, '/administered-sites'),
    records: sites.map((site) => renderAdministered(world, site)),
  };
}

/** Only the ids of the records count. @throws {ApiFailure} 400, 404 */
function readSiteIds(world: World, records: unknown): string[] {
  if (records === undefined || records === null) return [];
  if (!Array.isArray(records)) throw invalidParameter('records');
  return records.map((record: unknown) => {
    const id = (record as { id?: unknown } | null)?.id;
    if (typeof id !== 'string') throw invalidParameter('id');
    return demandSite(world, id).id;
  });
}

function extensionsOf(world: World, ids: readonly string[], name: string): Extension[] {
  return ids.map((id) => {
    const extension = world.account.byId.get(id);
    if (extension === undefined) throw invalidParameter(name);
    return extension;
  });
}

/** Sites of the account, who belongs to them, and who administers them. */
export const SITE_OPERATIONS: readonly Operation[] = [
  {
    ...READ,
    operationId: 'listSites',
    path: SITES,
    group: 'Light',
    user: GATE,
    handle: ({ world }) =>
      ok({ uri: accountUri(world, '/sites'), records: world.account.sites.map((site) => renderSite(world, site)) }),
  },
  {
    ...READ,
    operationId: 'readSite',
    path: `${SITES}/{siteId}`,
    group: 'Light',
    user: GATE,
    handle: ({ world, params }) => ok(renderSite(world, demandSite(world, params.siteId ?? ''))),
  },
  {
    ...READ,
    operationId: 'listSiteMembers',
    path: `${SITES}/{siteId}/members`,
    group: 'Medium',
    user: GATE,
    handle({ world, params }) {
      const site = demandSite(world, params.siteId ?? '');
      const members = world.account.extensions.filter((extension) => extension.siteId === site.id);
      const uri = `${siteUri(world, site)}/members`;
      return ok({ uri, records: members.map((extension) => renderMember(world, extension)) });
    },
  },
  {
    operationId: 'assignMultipleSites',
    method: 'POST',
    path: `${SITES}/{siteId}/bulk-assign`,
    group: 'Medium',
    availability: 'Limited',
    app: 'EditExtensions',
    user: { permission: 'Sites', over: 'account', write: true },
    handle(call) {
      const { world, params } = call;
      const site = demandSite(world, params.siteId ?? '');
      const body = call.body({ optional: true });
      const adding = readIds(body.addedExtensionIds, 'addedExtensionIds');
      const removing = readIds(body.removedExtensionIds, 'removedExtensionIds');
      const joined = extensionsOf(world, adding, 'addedExtensionIds');
      const left = extensionsOf(world, removing, 'removedExtensionIds');
      for (const extension of joined) extension.siteId = site.id;
      for (const extension of left) if (extension.siteId === site.id) extension.siteId = MAIN_SITE;
      touch(world);
      return NO_CONTENT;
    },
  },
  {
    ...READ,
    operationId: 'listAdministeredSites',
    path: ADMINISTERED,
    group: 'Medium',
    user: { permission: 'ReadExtensions', over: 'extension' },
    handle: ({ world, target }) => ok(administered(world, target)),
  },
  {
    operationId: 'updateUserAdministeredSites',
    method: 'PUT',
    path: ADMINISTERED,
    group: 'Medium',
    availability: 'Limited',
    app: 'EditAccounts',
    user: { permission: 'EditAssignedRoles', over: 'extension', write: true },
    handle(call) {
      const ids = readSiteIds(call.world, call.body().records);
      const within = call.grant?.sites ?? null;
      if (within !== null && ids.some((id) => !within.includes(id))) throw userLacksReach('EditAssignedRoles');
      call.target.administeredSites = [...new Set(ids)];
      touch(call.world);
      return ok(administered(call.world, call.target));
    },
  },
];
