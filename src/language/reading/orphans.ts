import { slotSymbol } from '../grammar/symbols.ts';
import type { Edge } from '../types-internal.ts';
import { isFiller, type Lattice, SKIP } from './lattice.ts';
import type { Scene } from './scene.ts';

const PLAIN_ORDERS = ['@give', '@take', '@make', '@enable', '@disable', '@reset', '@offboard'];

/** A verb of ordering with somebody to order it for, in a clause that was read as talk: it must not be passed over. */
export function hasOrphanOrder(scene: Scene, lattice: Lattice, from: number, to: number): boolean {
  const { symbols } = scene.vocabulary.grammar;
  const orders = PLAIN_ORDERS.map((cue) => symbols.number(cue));
  for (let at = from; at < to; at += 1) {
    const isOrder = (lattice.startingAt[at] ?? []).some(
      (edge) => !edge.slip && edge.to <= to && edge.symbols.some((symbol) => orders.includes(symbol)),
    );
    if (!isOrder || isInFiller(lattice, at)) continue;
    if (isAlone(lattice, at, from, to)) return true;
    for (let next = at + 1; next < to; next += 1) {
      if (
        (lattice.startingAt[next] ?? []).some(
          (edge) =>
            edge.value?.kind === 'people' && edge.cost < 0.25 && edge.value.people.every((one) => one.is !== 'self'),
        )
      )
        return true;
    }
  }
  return false;
}

/** "... and remove": an order verb that breaks off. */
function isAlone(lattice: Lattice, at: number, from: number, to: number): boolean {
  for (let other = from; other < to; other += 1)
    if (other !== at && (lattice.skip[other] ?? 0) > SKIP.filler) return false;
  return (lattice.skip[at] ?? 0) > SKIP.filler;
}

function isInFiller(lattice: Lattice, at: number): boolean {
  for (let from = Math.max(0, at - 4); from <= at; from += 1) {
    if ((lattice.startingAt[from] ?? []).some((edge) => isFiller(edge) && edge.to > at && edge.to - edge.from > 1))
      return true;
  }
  return false;
}

/** Roles and permissions beside an order, in a clause that states nothing, may be a second order. */
export function hasOrphanNames(scene: Scene, lattice: Lattice, from: number, to: number): boolean {
  const { symbols } = scene.vocabulary.grammar;
  const names = [slotSymbol('ROLE'), slotSymbol('PERM'), slotSymbol('SCOPE'), slotSymbol('REQ')];
  const states = ['@have', '@is', '@cannot', '@left'].map((cue) => symbols.number(cue));
  let orphan = false;
  for (let at = from; at < to; at += 1) {
    for (const edge of lattice.startingAt[at] ?? []) {
      if (edge.to > to) continue;
      if (STATING.has(lattice.tokens[at]?.key ?? '') && edge.symbols.some((symbol) => states.includes(symbol)))
        return false;
      if (edge.cost < 0.24 && edge.symbols.some((symbol) => names.includes(symbol)) && !isInGroup(lattice, edge))
        orphan = true;
    }
  }
  return orphan;
}

/** The "support" of "the support team" is no role. */
function isInGroup(lattice: Lattice, name: Edge): boolean {
  for (let at = Math.max(0, name.from - 4); at <= name.from; at += 1) {
    if ((lattice.startingAt[at] ?? []).some((edge) => edge.to > name.to && edge.symbols.includes(GROUP))) return true;
  }
  return false;
}

const GROUP = slotSymbol('GROUP');
const STATING = new Set([
  'has',
  'have',
  'had',
  'is',
  'are',
  'was',
  'hasnt',
  'havent',
  'isnt',
  'lacks',
  'lost',
  'cant',
  'cannot',
  'no',
  'doesnt',
  'does',
  'got',
  'im',
  'hes',
  'shes',
  'am',
  'were',
]);

const GOING_ON = new Set(['and', '&', '+', 'plus', 'also', 'then', 'or', 'but']);

/** "... and carol for 3": a person beside an order, of whom nothing is said, may be a second order. */
export function hasOrphanPerson(lattice: Lattice, from: number, to: number): boolean {
  let counts = GOING_ON.has(lattice.tokens[from]?.key ?? '');
  let named = false;
  for (let at = from; at < to; at += 1) {
    const end = personEnd(lattice, at, to);
    if (end > at) {
      named = true;
      at = end - 1;
      continue;
    }
    const token = lattice.tokens[at];
    const isIdle = token?.kind === 'number' || token?.kind === 'punctuation' || (lattice.skip[at] ?? 0) <= SKIP.light;
    const isTime = (lattice.startingAt[at] ?? []).some((edge) => edge.value?.kind === 'time');
    if (isTime) counts = true;
    if (!isIdle && !isTime) return false;
  }
  return named && counts;
}

/** "carol: give bob Manager" is what carol said; "carol, give bob Manager" is said to her. */
export function isSpeaker(lattice: Lattice, from: number, to: number, asker: string | null): boolean {
  const end = personEnd(lattice, from, to);
  if (end === from || end !== to - 1 || ![':', ','].includes(lattice.tokens[end]?.text ?? '')) return false;
  return !(lattice.startingAt[from] ?? []).some(
    (edge) =>
      edge.to === end &&
      edge.value?.kind === 'people' &&
      edge.value.people.some((one) => one.candidates.includes(asker ?? '')),
  );
}

function personEnd(lattice: Lattice, at: number, to: number): number {
  let end = at;
  for (const edge of lattice.startingAt[at] ?? []) {
    const isPerson = edge.value?.kind === 'people' && edge.value.people.some((one) => one.is === 'named');
    if (isPerson && edge.cost < 0.25 && edge.to <= to && edge.to > end) end = edge.to;
  }
  return end;
}
