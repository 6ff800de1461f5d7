import { INTENT_EFFECTS, type Intent, type Understanding } from '../../domain/understanding.ts';
import { slotSymbol } from '../grammar/symbols.ts';
import type { Edge, Value } from '../types-internal.ts';
import type { Fragment } from './fragments.ts';
import type { Scene } from './scene.ts';

const ROLE = slotSymbol('ROLE');
const SCOPE = slotSymbol('SCOPE');
const PARTNER = slotSymbol('PARTNER');
const APP = slotSymbol('APP');

const FOR_ROLE: Readonly<Partial<Record<Intent, Intent>>> = {
  'check-permission': 'check-role',
  'who-has-permission': 'who-has-role',
  'give-permission': 'assign-role',
  'take-permission': 'remove-role',
  'describe-permission': 'describe-role',
};
const FOR_PERMISSION: Readonly<Partial<Record<Intent, Intent>>> = {
  'check-role': 'check-permission',
  'who-has-role': 'who-has-permission',
  'assign-role': 'give-permission',
  'remove-role': 'take-permission',
  'describe-role': 'describe-permission',
};

/** "and carol?", "and Meetings?", "until friday": the earlier act with the new name or time in its place. */
export function goOn(previous: Understanding, fragment: Fragment, scene: Scene): Understanding | null {
  let next: Understanding = { ...previous, readings: [], suggestions: [], text: previous.text };
  if (fragment.values.length === 0 || previous.also.length > 0) return null;
  for (const { kind, edge } of fragment.values) {
    const changed = replace(next, kind, edge, fragment);
    if (changed === null) return null;
    next = changed;
  }
  const said = fragment.values
    .map(({ edge }) =>
      scene.lattice.tokens
        .slice(edge.from, edge.to)
        .map((token) => token.text)
        .join(' '),
    )
    .join(', ');
  return {
    ...next,
    text: scene.lattice.tokens.map((token) => token.text).join(' '),
    readings: [...next.readings, { words: said, as: next.intent ?? '', literal: false }],
  };
}

function replace(act: Understanding, kind: number, edge: Edge, fragment: Fragment): Understanding | null {
  const { value } = edge;
  if (value?.kind === 'request') return replaceRequest(act, value.id, fragment);
  if (value?.kind === 'people') return replacePeople(act, value);
  if (value?.kind === 'time') {
    const { time } = value;
    const isTimed = act.effect !== 'read' || act.intent === 'history' || act.intent === 'export';
    if (!isTimed) return null;
    if (act.effect === 'read') return value.period === null ? null : { ...act, period: value.period };
    if (time === null) return null;
    if (time.unclear !== null)
      return { ...act, outcome: 'ask-back', ask: { about: 'time', candidates: [], text: time.text } };
    return { ...act, time: { for: time.for, until: time.until, from: time.from ?? act.time.from } };
  }
  if (value?.kind !== 'names') return null;
  return replaceNames(act, kind, value, fragment);
}

/** "status A7K2", "and H6RT?"; another decision needs to be said to be one. */
function replaceRequest(act: Understanding, request: string, fragment: Fragment): Understanding | null {
  if (act.request === null || (act.effect !== 'read' && !fragment.opened)) return null;
  return { ...act, request };
}

const BESIDE: ReadonlySet<Intent | null> = new Set<Intent>(['history', 'list-grants', 'export']);
const PAIRS: ReadonlySet<Intent | null> = new Set<Intent>(['compare-people', 'compare-roles']);

function replacePeople(act: Understanding, value: Value & { kind: 'people' }): Understanding | null {
  const asksWho = act.intent === 'who-has-role' || act.intent === 'who-has-permission';
  if (asksWho) return value.group === null ? null : { ...act, group: value.group };
  if (act.people.length === 0 && act.group === null && !BESIDE.has(act.intent)) return null;
  if (value.group !== null) return act.intent === 'copy-roles' ? null : { ...act, people: [], group: value.group };
  const people: string[] = [];
  for (const one of value.people) {
    const [number] = one.candidates;
    const unclear =
      one.candidates.length !== 1 || (!one.literal && act.effect !== 'read') || value.groupUnclear !== null;
    if (unclear || number === undefined) {
      return {
        ...act,
        people: [],
        group: null,
        outcome: 'ask-back',
        ask: { about: 'person', candidates: one.candidates, text: one.text },
      };
    }
    people.push(number);
  }
  if (act.intent === 'copy-roles') return { ...act, people: [...people, ...act.people.slice(1)], group: null };
  const isPair = PAIRS.has(act.intent) && people.length === 1;
  return { ...act, people: isPair ? [...act.people.slice(0, 1), ...people] : people, group: null };
}

function replaceNames(
  act: Understanding,
  kind: number,
  value: Value & { kind: 'names' },
  fragment: Fragment,
): Understanding | null {
  const names: string[] = [];
  for (const name of value.names) {
    const [first] = name.values;
    const unclear = (name.values.length > 1 && act.effect !== 'read') || (!name.literal && act.effect !== 'read');
    if (first === undefined) return null;
    if (unclear)
      return {
        ...act,
        outcome: 'ask-back',
        ask: { about: kind === ROLE ? 'role' : 'permission', candidates: name.values, text: name.text },
      };
    names.push(first);
  }
  if (act.intent === null) return null;
  if (kind === SCOPE) return act.scopes.length > 0 ? { ...act, scopes: names } : null;
  if (kind === PARTNER) return act.partners.length > 0 ? { ...act, partners: names } : null;
  if (kind === APP) return act.appPermissions.length > 0 ? { ...act, appPermissions: names } : null;
  // A write goes on with another role only when the words say so; a bare role name may be a question.
  if (act.effect !== 'read' && !fragment.opened) return null;
  const isPair = PAIRS.has(act.intent) && names.length === 1;
  if (kind === ROLE)
    return act.roles.length > 0
      ? { ...act, roles: isPair ? [...act.roles.slice(0, 1), ...names] : names }
      : changeKind(act, FOR_ROLE, { roles: names, permissions: [] });
  return act.permissions.length > 0
    ? { ...act, permissions: names }
    : changeKind(act, FOR_PERMISSION, { permissions: names, roles: [] });
}

function changeKind(
  act: Understanding,
  map: Readonly<Partial<Record<Intent, Intent>>>,
  slots: Pick<Understanding, 'roles' | 'permissions'>,
): Understanding | null {
  const intent = act.intent === null ? undefined : map[act.intent];
  return intent === undefined ? null : { ...act, ...slots, intent, effect: INTENT_EFFECTS[intent] };
}
