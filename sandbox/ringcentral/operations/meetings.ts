import { pagedCollection, readPage } from '../http/paging.ts';
import { ok } from '../http/reply.ts';
import { extensionUri, type Operation } from './operation.ts';

/**
 * Retired: RingCentral Meetings was deprecated in 2024 and is in no official document since. Kept because its refusal,
 * CMN-408 for [Meetings], is the best known case of an app permission without the user permission. The rate group
 * and the empty list are made up.
 */
export const RETIRED_OPERATIONS: readonly Operation[] = [
  {
    operationId: 'listMeetings',
    method: 'GET',
    path: '/restapi/v1.0/account/{accountId}/extension/{extensionId}/meeting',
    group: 'Light',
    availability: null,
    app: 'Meetings',
    user: { permission: 'Meetings', over: 'extension' },
    handle: ({ world, target, query }) =>
      ok(pagedCollection([], readPage(query), (row) => row, { uri: extensionUri(world, target, '/meeting'), query })),
  },
];
