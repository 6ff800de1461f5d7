import type { Json } from '../json.ts';
import type { ApiCall, World } from '../world.ts';

const KEPT = 5000;

/** Notes that a call came in; tokens are not among its arguments. */
export function recordCall(world: World, method: string, args: Json): ApiCall {
  const seq = (world.calls.at(-1)?.seq ?? 0) + 1;
  const call: ApiCall = { seq, at: world.clock.now(), method, args, status: 0, ok: false, error: null };
  world.calls.push(call);
  if (world.calls.length > KEPT) world.calls.shift();
  return call;
}

/** Notes how a call went and tells watchers. */
export function finishCall(world: World, call: ApiCall, status: number, error: string | null): void {
  call.status = status;
  call.ok = error === null;
  call.error = error;
  world.bus.tell({ type: 'call', seq: call.seq, method: call.method, ok: call.ok });
}
