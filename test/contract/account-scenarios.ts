import { type Facts, type Scenario, type Step, simple } from './scenario.ts';

/** Account, extensions, sites, features, directory. */
export function accountScenarios(facts: Facts): Readonly<Record<string, Scenario>> {
  const bob = facts.extensionIds['102'] ?? '';
  const own = { path: { accountId: '~', extensionId: '~' } };
  const account = { path: { accountId: '~' } };
  const ofBob = { path: { accountId: '~', extensionId: bob } };
  const site = { path: { accountId: '~', siteId: facts.siteId } };
  const noSite: Step = { name: 'unknown site', status: 404, code: 'CMN-102', path: { accountId: '~', siteId: '1' } };
  return {
    readAccountInfo: simple(account),
    listExtensions: {
      good: [
        { name: 'success', status: 200, ...account },
        { name: 'second page of two', status: 200, ...account, query: { page: '2', perPage: '2' } },
        {
          name: 'filters',
          status: 200,
          ...account,
          query: { type: ['User', 'Limited'], status: ['Enabled'], email: ['bob.brown@cobaltlane.example'] },
        },
      ],
      bad: [
        { name: 'unknown status', status: 400, code: 'CMN-101', ...account, query: { status: 'Gone' }, wrong: true },
      ],
    },
    readExtension: simple(ofBob),
    listSites: simple(account),
    readSite: simple(site, noSite),
    listSiteMembers: simple(site, noSite),
    assignMultipleSites: {
      good: [{ name: 'success', status: 204, ...site, json: { addedExtensionIds: [bob], removedExtensionIds: [] } }],
      bad: [
        { ...noSite, json: { addedExtensionIds: [], removedExtensionIds: [] } },
        {
          name: 'unknown extension',
          status: 400,
          code: 'CMN-101',
          ...site,
          json: { addedExtensionIds: ['1'], removedExtensionIds: [] },
        },
      ],
    },
    listAdministeredSites: {
      good: [
        { name: 'success', status: 200, ...ofBob },
        { name: 'with sites', status: 200, path: { accountId: '~', extensionId: facts.extensionIds['125'] ?? '' } },
      ],
      bad: [],
    },
    updateUserAdministeredSites: simple(
      { ...ofBob, json: { records: [{ id: facts.siteId }] } },
      {
        name: 'records is no list',
        status: 400,
        code: 'CMN-101',
        ...ofBob,
        json: { records: 'all' },
        wrong: true,
      },
    ),
    readExtensionFeatures: {
      good: [
        { name: 'success', status: 200, ...ofBob },
        {
          name: 'as somebody with few rights',
          status: 200,
          as: '101',
          ...own,
          query: { featureId: ['EditRoles', 'ReadRoles'] },
        },
      ],
      bad: [{ name: 'unknown feature', status: 400, code: 'CMN-101', ...own, query: { featureId: 'Nope' } }],
    },
    searchDirectoryEntries: simple(
      {
        ...account,
        json: { searchString: 'chris', orderBy: [{ fieldName: 'lastName', direction: 'Desc' }], perPage: 2 },
      },
      { name: 'wrong body', status: 400, code: 'ADG-112', ...account, json: [], wrong: true },
      { name: 'wrong field', status: 400, code: 'ADG-121', ...account, json: { searchFields: 'name' }, wrong: true },
    ),
    readDirectoryEntry: simple(
      { path: { accountId: '~', entryId: bob } },
      { name: 'unknown', status: 404, code: 'ADG-122', path: { accountId: '~', entryId: '1' } },
    ),
    listDirectoryEntries: {
      good: [
        { name: 'success', status: 200, ...account },
        {
          name: 'users without account',
          status: 200,
          ...account,
          query: { typeGroup: 'User', showFederated: 'false', perPage: '5' },
        },
      ],
      bad: [{ name: 'perPage 0', status: 400, code: 'ADG-121', ...account, query: { perPage: '0' }, wrong: true }],
    },
  };
}
