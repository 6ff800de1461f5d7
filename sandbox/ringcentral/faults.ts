import { failure } from './http/failure.ts';

/** What goes wrong. `after` in `drop`: the effect happens, then the connection is cut. */
export type FaultKind =
  | { kind: 'status'; status: number; body?: unknown; headers?: Record<string, string> }
  | { kind: 'timeout'; ms: number }
  | { kind: 'drop'; when: 'before' | 'after' }
  | { kind: 'html'; status?: number }
  | { kind: 'slow'; ms: number };

type Fault = {
  readonly id: number;
  readonly match: { method?: string; path?: string; extension?: string };
  /** Calls still to be spoilt. */
  times: number;
  /** Matching calls still to be let pass first. */
  after: number;
  readonly fault: FaultKind;
};

export type FaultRequest = {
  match?: { method?: string; path?: string; extension?: string };
  times?: number;
  after?: number;
  fault: FaultKind;
};

export type FaultPlan = {
  add(request: FaultRequest): Fault;
  list(): readonly Fault[];
  clear(): void;
  /** The fault that this call meets, used up by the asking. */
  meet(call: { method: string; path: string; extension: string | null }): FaultKind | null;
};

/** Keeps the faults that tests and people have asked for; the first that fits is used. */
export function createFaultPlan(): FaultPlan {
  let faults: Fault[] = [];
  let nextId = 1;
  return {
    add(request) {
      const fault = {
        id: nextId,
        match: request.match ?? {},
        times: request.times ?? 1,
        after: request.after ?? 0,
        fault: checked(request.fault),
      };
      if (fault.match.path !== undefined) new RegExp(fault.match.path);
      nextId += 1;
      faults.push(fault);
      return fault;
    },
    list: () => faults,
    clear() {
      faults = [];
    },
    meet(call) {
      const fault = faults.find((candidate) => fits(candidate, call));
      if (fault === undefined) return null;
      if (fault.after > 0) {
        fault.after -= 1;
        return null;
      }
      fault.times -= 1;
      if (fault.times <= 0) faults = faults.filter((other) => other !== fault);
      return fault.fault;
    },
  };
}

const KINDS = ['status', 'timeout', 'drop', 'html', 'slow'];

function checked(fault: FaultKind): FaultKind {
  if (!KINDS.includes(fault?.kind)) throw new TypeError(`fault.kind is one of ${KINDS.join(', ')}`);
  if (fault.kind === 'status' && !(fault.status >= 200 && fault.status <= 599)) throw new TypeError('fault.status');
  if (fault.kind === 'drop' && !['before', 'after'].includes(fault.when)) throw new TypeError('fault.when');
  return fault;
}

function fits(fault: Fault, call: { method: string; path: string; extension: string | null }): boolean {
  const { method, path, extension } = fault.match;
  if (method !== undefined && method.toUpperCase() !== call.method) return false;
  if (extension !== undefined && extension !== call.extension) return false;
  return path === undefined || new RegExp(path).test(call.path);
}

const USUAL: Readonly<Record<number, readonly [string, string]>> = {
  400: ['CMN-101', 'Parameter [value] value is invalid'],
  401: ['OAU-213', 'Token not found'],
  403: [
    'CMN-408',
    'In order to call this API endpoint, user needs to have [Meetings] permission for requested resource.',
  ],
  404: ['CMN-102', 'Resource for parameter [extensionId] is not found'],
  429: ['CMN-301', 'Request rate exceeded'],
  500: ['CMN-203', 'Internal Server Error'],
  503: ['CMN-201', 'Service Temporary Unavailable'],
};

/** Body and headers of an injected status for which none were given. */
export function usualFault(status: number): { body: unknown; headers: Record<string, string> } {
  const [code, message] = USUAL[status] ?? ['CMN-203', 'Internal Server Error'];
  const headers: Record<string, string> = status === 429 ? { 'Retry-After': '60' } : {};
  return { body: failure(status, code, message).body, headers };
}
