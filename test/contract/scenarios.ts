/** What one request of the replay sends and what must come back. */
export type Step = {
  readonly name: string;
  readonly status: number;
  /** Code in `errors[0]`. */
  readonly code?: string;
  /** Short number of whoever calls; null: without a token. Dave by default. */
  readonly as?: string | null;
  /** A token that is nobody's, or one with other scopes. */
  readonly token?: string;
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** The request is wrong on purpose, so it is not held to the document. */
  readonly wrong?: true;
  /** Media type of the answer where it is not JSON. */
  readonly mediaType?: string;
};

/** The first step of `good` is also what the general failures are tried with. */
export type Scenario = { readonly good: readonly [Step, ...Step[]]; readonly bad: readonly Step[] };

/** What the replay knows about the account, read from it through the API. */
export type Facts = {
  readonly extensionIds: Readonly<Record<string, string>>;
  readonly siteId: string;
  readonly recordIds: readonly [string, string];
  readonly recordingId: string;
  readonly jwt: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
  readonly refreshToken: string;
  readonly spareTokens: readonly string[];
};

const PAGED_400: Step = { name: 'page 0', status: 400, code: 'CMN-101', query: { page: '0' }, wrong: true };
function simple(good: Omit<Step, 'name' | 'status'> = {}, ...bad: Step[]): Scenario {
  return { good: [{ name: 'success', status: 200, ...good }], bad };
}

/** Every operation of the official document with its requests. */
export function scenariosFor(facts: Facts): Readonly<Record<string, Scenario>> {
  const bob = facts.extensionIds['102'] ?? '';
  const queue = facts.extensionIds['126'] ?? '';
  const own = { path: { accountId: '~', extensionId: '~' } };
  const account = { path: { accountId: '~' } };
  const ofBob = { path: { accountId: '~', extensionId: bob } };
  const site = { path: { accountId: '~', siteId: facts.siteId } };
  const noSite: Step = { name: 'unknown site', status: 404, code: 'CMN-102', path: { accountId: '~', siteId: '1' } };
  const role = { path: { accountId: '~', roleId: '600004' } };
  const noRole = { path: { accountId: '~', roleId: '987654' } };
  const roleBody = { displayName: 'Weekend Desk', description: 'Weekends', permissions: [{ id: 'BusinessSms' }] };
  const record = { path: { accountId: '~', callRecordId: facts.recordIds[0] } };
  const records = { path: { accountId: '~', callRecordId: facts.recordIds.join(',') } };
  const recording = { path: { accountId: '~', recordingId: facts.recordingId } };
  const basic = { Authorization: `Basic ${btoa(`${facts.clientId}:${facts.clientSecret}`)}` };
  const authorizeFields = {
    response_type: 'code',
    client_id: facts.clientId,
    redirect_uri: facts.redirectUri,
    state: 'abc',
    code_challenge: 'x'.repeat(43),
    code_challenge_method: 'S256',
  };
  const jwtForm = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: facts.jwt };
  const paged = (good: Omit<Step, 'name' | 'status'>): Scenario => ({
    good: [
      { name: 'success', status: 200, ...good },
      { name: 'second page of two', status: 200, ...good, query: { ...good.query, page: '2', perPage: '2' } },
      { name: 'perPage above the maximum', status: 200, ...good, query: { perPage: '5000' }, wrong: true },
    ],
    bad: [{ ...PAGED_400, ...good, query: { page: '0' } }],
  });
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
    readAuthorizationProfile: {
      good: [
        { name: 'success', status: 200, ...own },
        { name: 'over somebody', status: 200, ...own, query: { targetExtensionId: bob } },
      ],
      bad: [
        { name: 'of somebody else', status: 403, code: 'CMN-404', ...ofBob },
        { name: 'bad target', status: 400, code: 'CMN-101', ...own, query: { targetExtensionId: '1' } },
      ],
    },
    checkUserPermission: {
      good: [
        { name: 'held', status: 200, ...own, query: { permissionId: 'EditAssignedRoles', targetExtensionId: bob } },
        { name: 'not held', status: 200, as: '101', ...own, query: { permissionId: 'Meetings' } },
      ],
      bad: [
        { name: 'of somebody else', status: 403, code: 'CMN-404', ...ofBob, query: { permissionId: 'Meetings' } },
        {
          name: 'bad target',
          status: 400,
          code: 'CMN-101',
          ...own,
          query: { permissionId: 'Meetings', targetExtensionId: '1' },
        },
      ],
    },
    listAssignedRoles: simple(account),
    listUserAssignedRoles: {
      good: [
        { name: 'success', status: 200, ...ofBob, query: { showHidden: 'true' } },
        { name: 'own roles of an ordinary person', status: 200, as: '101', ...own },
      ],
      bad: [],
    },
    updateUserAssignedRoles: simple(
      { ...ofBob, json: { records: [{ id: '3' }, { id: '600003', siteRestricted: true }] } },
      { name: 'nothing left', status: 400, code: 'CMN-101', ...ofBob, json: { records: [] } },
      { name: 'unknown role', status: 400, code: 'CMN-101', ...ofBob, json: { records: [{ id: '987654' }] } },
      {
        name: 'a queue',
        status: 403,
        code: 'CMN-403',
        path: { accountId: '~', extensionId: queue },
        json: { records: [{ id: '3' }] },
      },
      { name: 'no JSON', status: 400, code: 'CMN-103', ...ofBob, json: 'text', wrong: true },
    ),
    assignDefaultRole: simple(ofBob),
    assignMultipleUserRoles: {
      good: [
        {
          name: 'success',
          status: 204,
          ...role,
          json: { addedExtensionIds: [bob], removedExtensionIds: [facts.extensionIds['110'] ?? ''] },
        },
      ],
      bad: [
        {
          name: 'unknown role',
          status: 404,
          code: 'CMN-102',
          ...noRole,
          json: { addedExtensionIds: [], removedExtensionIds: [] },
        },
        {
          name: 'one unknown extension',
          status: 400,
          code: 'CMN-101',
          ...role,
          json: { addedExtensionIds: [bob, '1'], removedExtensionIds: [] },
        },
      ],
    },
    readDefaultRole: simple(account),
    updateDefaultUserRole: simple(
      { ...account, json: { id: '600004' } },
      {
        name: 'unknown role',
        status: 400,
        code: 'CMN-101',
        ...account,
        json: { id: '987654' },
      },
    ),
    listStandardUserRole: paged({}),
    readStandardUserRole: simple(
      { path: { roleId: '3' } },
      { name: 'a custom role', status: 404, code: 'CMN-102', path: { roleId: '600001' } },
    ),
    listUserRoles: {
      ...paged(account),
      bad: [
        {
          name: 'custom is no word',
          status: 400,
          code: 'CMN-101',
          ...account,
          query: { custom: 'maybe' },
          wrong: true,
        },
      ],
    },
    createCustomRole: {
      good: [
        { name: 'success', status: 201, ...account, json: roleBody },
        {
          name: 'with capabilities',
          status: 201,
          ...account,
          query: { advancedPermissions: 'true' },
          json: {
            ...roleBody,
            scope: 'AllExtensions',
            permissions: [{ id: 'BusinessSms', permissionsCapabilities: { enabled: true } }],
          },
        },
      ],
      bad: [
        {
          name: 'a slash in the name',
          status: 400,
          code: 'CMN-101',
          ...account,
          json: { displayName: 'HR/Payroll' },
          wrong: true,
        },
        {
          name: 'unknown permission',
          status: 400,
          code: 'CMN-101',
          ...account,
          json: { displayName: 'X', permissions: [{ id: 'Nope' }] },
        },
      ],
    },
    readUserRole: {
      good: [
        { name: 'success', status: 200, ...role },
        { name: 'with capabilities', status: 200, ...role, query: { advancedPermissions: 'true' } },
      ],
      bad: [{ name: 'unknown role', status: 404, code: 'CMN-102', ...noRole }],
    },
    updateUserRole: simple(
      { ...role, json: roleBody },
      { name: 'unknown role', status: 404, code: 'CMN-102', ...noRole, json: roleBody },
      {
        name: 'a predefined role',
        status: 400,
        code: 'CMN-111',
        path: { accountId: '~', roleId: '3' },
        json: roleBody,
      },
    ),
    deleteCustomRole: {
      good: [
        { name: 'validate only', status: 204, ...role, query: { validateOnly: 'true' } },
        { name: 'success', status: 204, ...role },
      ],
      bad: [
        { name: 'unknown role', status: 404, code: 'CMN-102', ...noRole },
        { name: 'a predefined role', status: 400, code: 'CMN-111', path: { accountId: '~', roleId: '3' } },
      ],
    },
    listOfAvailableForAssigningRoles: paged(ofBob),
    listPermissions: paged({ query: { assignable: 'true' } }),
    readPermission: simple(
      { path: { permissionId: 'Meetings' } },
      { name: 'unknown', status: 404, code: 'CMN-102', path: { permissionId: 'Nope' } },
    ),
    listPermissionCategories: paged({}),
    readPermissionCategory: simple(
      { path: { permissionCategoryId: 'Meetings' } },
      { name: 'unknown', status: 404, code: 'CMN-102', path: { permissionCategoryId: 'Nope' } },
    ),
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
    readUserCallLog: {
      good: [
        { name: 'success', status: 200, ...ofBob },
        { name: 'detailed', status: 200, ...own, query: { view: 'Detailed', direction: ['Inbound'], perPage: 'max' } },
      ],
      bad: [
        { name: 'unknown direction', status: 400, code: 'CMN-101', ...own, query: { direction: 'Up' }, wrong: true },
        {
          name: 'session with another filter',
          status: 400,
          code: 'CLG-110',
          ...own,
          query: { sessionId: '1', phoneNumber: '1' },
        },
      ],
    },
    readUserCallRecord: {
      good: [{ name: 'one', status: 200, path: { ...ofBob.path, callRecordId: facts.recordIds[1] } }],
      bad: [{ name: 'unknown', status: 404, code: 'CMN-102', path: { ...ofBob.path, callRecordId: 'none' } }],
    },
    listExtensionActiveCalls: simple(ofBob, {
      name: 'perPage 0',
      status: 400,
      code: 'CMN-101',
      ...ofBob,
      query: { perPage: '0' },
      wrong: true,
    }),
    readCompanyCallLog: simple(
      { ...account, query: { view: 'Detailed', recordingType: 'All' } },
      {
        name: 'number and phone together',
        status: 400,
        code: 'CMN-101',
        ...account,
        query: { extensionNumber: '102', phoneNumber: '1' },
      },
    ),
    readCompanyCallRecord: {
      good: [
        { name: 'one', status: 200, ...record },
        { name: 'two', status: 207, ...records, mediaType: 'multipart/mixed' },
      ],
      bad: [{ name: 'unknown', status: 404, code: 'CMN-102', path: { accountId: '~', callRecordId: 'none' } }],
    },
    listCompanyActiveCalls: simple(account),
    readCallRecording: simple(recording, {
      name: 'unknown',
      status: 404,
      code: 'CMN-102',
      path: { accountId: '~', recordingId: '1' },
    }),
    readCallRecordingContent: {
      good: [
        {
          name: 'success',
          status: 200,
          ...recording,
          mediaType: 'audio/wav',
          query: { contentDisposition: 'Attachment' },
        },
      ],
      bad: [{ name: 'unknown', status: 404, code: 'CMN-102', path: { accountId: '~', recordingId: '1' } }],
    },
    authorize: {
      good: [{ name: 'success', status: 302, as: null, query: authorizeFields }],
      bad: [
        {
          name: 'unknown app',
          status: 400,
          code: 'OAU-153',
          as: null,
          query: { ...authorizeFields, client_id: 'nobody' },
        },
        {
          name: 'other redirect',
          status: 400,
          code: 'OAU-109',
          as: null,
          query: { ...authorizeFields, redirect_uri: 'http://127.0.0.1:1/' },
        },
      ],
    },
    authorize2: {
      good: [{ name: 'success', status: 302, as: null, form: authorizeFields }],
      bad: [
        {
          name: 'unknown app',
          status: 400,
          code: 'OAU-153',
          as: null,
          form: { ...authorizeFields, client_id: 'nobody' },
        },
      ],
    },
    getToken: {
      good: [
        { name: 'JWT', status: 200, as: null, headers: basic, form: jwtForm },
        {
          name: 'refresh, lifetimes clamped',
          status: 200,
          as: null,
          headers: basic,
          form: { grant_type: 'refresh_token', refresh_token: facts.refreshToken, access_token_ttl: '-1' },
          wrong: true,
        },
      ],
      bad: [
        {
          name: 'used refresh token of nobody',
          status: 400,
          code: 'OAU-210',
          as: null,
          headers: basic,
          form: { grant_type: 'refresh_token', refresh_token: 'x' },
        },
        {
          name: 'unknown code',
          status: 400,
          code: 'OAU-106',
          as: null,
          headers: basic,
          form: { grant_type: 'authorization_code', code: 'x' },
        },
        {
          name: 'password grant',
          status: 400,
          code: 'OAU-251',
          as: null,
          headers: basic,
          form: { grant_type: 'password' },
          wrong: true,
        },
        {
          name: 'unknown grant',
          status: 400,
          code: 'OAU-250',
          as: null,
          headers: basic,
          form: { grant_type: 'magic' },
          wrong: true,
        },
        { name: 'JSON body', status: 415, as: null, headers: basic, json: jwtForm, wrong: true },
      ],
    },
    revokeToken: {
      good: [
        { name: 'in the body', status: 200, as: null, headers: basic, form: { token: facts.spareTokens[0] ?? '' } },
        { name: 'in the query', status: 200, as: null, headers: basic, query: { token: facts.spareTokens[1] ?? '' } },
      ],
      bad: [{ name: 'unknown app', status: 400, code: 'OAU-153', as: null, form: { token: 'x', client_id: 'nobody' } }],
    },
    authJwks: simple({ as: null }),
    authUserInfo: simple(),
    readAPIVersions: simple({ as: null }),
    readAPIVersion: simple(
      { as: null, path: { apiVersion: 'v1.0' } },
      { name: 'unknown version', status: 404, code: 'CMN-120', as: null, path: { apiVersion: 'v9' } },
    ),
  };
}
