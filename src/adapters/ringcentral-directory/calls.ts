import type { Client } from './client.ts';
import type { CallDirectory } from './directory.ts';
import { OPERATIONS } from './operations.ts';
import { fetchOne } from './read.ts';
import { CALL_RECORD, listOf, RECORDING } from './schema.ts';

const CALLS = listOf(CALL_RECORD);
/** A probe asks whether something may be seen, not for all of it. */
const FEW = 10;

/** Probes of the call log, the active calls and recordings. All are of the Heavy group: ten a minute. */
export function createCallMethods(client: Client): CallDirectory {
  return {
    async readCallLog(of, call) {
      const query = { perPage: FEW, view: 'Simple' };
      if (of === 'account')
        return (await fetchOne(client, OPERATIONS.readCompanyCallLog, CALLS, { query, call })).records;
      const request = { segments: { extension: of }, query, call };
      return (await fetchOne(client, OPERATIONS.readUserCallLog, CALLS, request)).records;
    },

    async listActiveCalls(of, call) {
      const query = { perPage: FEW, view: 'Simple' };
      if (of === 'account') {
        return (await fetchOne(client, OPERATIONS.listCompanyActiveCalls, CALLS, { query, call })).records;
      }
      const request = { segments: { extension: of }, query, call };
      return (await fetchOne(client, OPERATIONS.listExtensionActiveCalls, CALLS, request)).records;
    },

    readRecording(recording, call) {
      return fetchOne(client, OPERATIONS.readCallRecording, RECORDING, { segments: { recording }, call });
    },
  };
}
