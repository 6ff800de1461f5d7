import type { Fault, World } from '../world.ts';

/** Takes the next fault planted for a method, if any; a method of `*` fits all of them. */
export function takeFault(world: World, method: string): Fault['fault'] | null {
  const place = world.faults.findIndex((fault) => fault.method === method || fault.method === '*');
  const fault = world.faults[place];
  if (fault === undefined) return null;
  fault.times--;
  if (fault.times <= 0) world.faults.splice(place, 1);
  return fault.fault;
}
