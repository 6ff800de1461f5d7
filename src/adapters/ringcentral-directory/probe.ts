import { endpoints } from '../../catalogue/catalogue.ts';
import { Fault } from '../../domain/faults.ts';
import type { ProbeResult, RoleDirectory } from '../../usecases/ports.ts';
import type { Client } from './client.ts';
import { refusedUnsent } from './faults.ts';
import type { Group, Operation } from './operations.ts';

const GROUPS: readonly Group[] = ['Light', 'Medium', 'Heavy'];
/** Served by another host, as sound: nothing to try a right with. */
const NEVER = ['readCallRecordingContent'];

/** Tries documented reads. The list of them is the allow-list: nothing else can be named, and no write is on it. */
export function createProbeMethods(client: Client): Pick<RoleDirectory, 'probe'> {
  return {
    async probe({ operationId, segments, query }, call) {
      const operation = probeOperation(operationId);
      if (operation === null) throw refusedUnsent({ id: 'probe', effect: 'read' }, 'it is not on the list of reads');
      try {
        await client.send(operation, { segments, query, call });
        return { status: 200, errorCode: null, missing: null };
      } catch (error) {
        if (error instanceof Fault && error.data.status !== undefined) return resultOf(error);
        throw error;
      }
    },
  };
}

/** The operation of the documents, as one that can be sent; null for anything that is no plain read. */
function probeOperation(operationId: string): Operation | null {
  const row = endpoints().find((each) => each.operationId === operationId && each.method === 'GET');
  const group = GROUPS.find((each) => each === row?.group);
  if (row === undefined || group === undefined || NEVER.includes(operationId)) return null;
  return { id: row.operationId, method: 'GET', path: row.path, group, effect: 'read', timeoutMs: null };
}

/** A success that is no JSON is a success all the same: nothing of it is read. */
function resultOf({ code, data }: Fault): ProbeResult {
  const status = data.status ?? 0;
  if (code === 'directory-unreadable' && status >= 200 && status < 300)
    return { status, errorCode: null, missing: null };
  return { status, errorCode: data.errorCode ?? null, missing: data.missing ?? null };
}
