import type { Ask } from '../../domain/understanding.ts';
import type { Draft } from './fill.ts';
import type { Lattice } from './lattice.ts';
import type { Scene } from './scene.ts';

/**
 * Rules that no single pattern can carry: what an act takes over from the one before it, what a slot turns it into, and
 * what each intent cannot do without.
 */
export function completeRules(draft: Draft, before: Draft | null, scene: Scene, lattice: Lattice): Draft {
  let result = before === null ? draft : inherit(draft, before);
  result = impliedSelf(result, scene);
  result = endOfRemoval(result);
  result = deletionAfterPeople(result, before);
  result = roleOfGroup(result);
  result = namelessRole(result);
  result = needed(result, lattice);
  return result;
}

/** "break glass! need Super Admin", "request Manager": who asks and names nobody asks for themselves. */
function impliedSelf(draft: Draft, { context }: Scene): Draft {
  const { slots, match } = draft;
  if (!/^(?:@breakglass need|request\|requesting ROLE)/.test(match.pattern.text)) return draft;
  if (slots.people.length > 0 || slots.group !== null || context.asker === null) return draft;
  return { ...draft, slots: { ...slots, people: [context.asker] }, asks: without(draft.asks, 'person') };
}

/** "take Support from bob and give Reports": an act without people is about those of the act before. */
function inherit(draft: Draft, before: Draft): Draft {
  if (!draft.empty.includes('person') || before.slots.people.length + (before.slots.group === null ? 0 : 1) === 0)
    return draft;
  if (before.intent === 'copy-roles' || before.intent === 'delegate') return draft;
  return {
    ...draft,
    slots: { ...draft.slots, people: before.slots.people, group: before.slots.group },
    asks: without(draft.asks, 'person'),
  };
}

function without(asks: readonly Ask[], about: Ask['about']): readonly Ask[] {
  return asks.filter((ask) => ask.about !== about || ask.text !== '');
}

/** "give bob Support, delete Reports": the role itself, or bob's? */
function deletionAfterPeople(draft: Draft, before: Draft | null): Draft {
  if (
    before === null ||
    draft.intent !== 'delete-role' ||
    before.slots.people.length + (before.slots.group === null ? 0 : 1) === 0
  )
    return draft;
  return { ...draft, asks: [{ about: 'intent', candidates: [], text: draft.slots.roles.join(', ') }, ...draft.asks] };
}

/** Taking a role "until Monday" or "for two hours" gives it back afterwards: that is a pause. */
function endOfRemoval(draft: Draft): Draft {
  const { time } = draft.slots;
  if (draft.intent !== 'remove-role' || (time.until === null && time.for === null)) return draft;
  return { ...draft, intent: 'pause-role' };
}

/** "export all super admins": a group known by its role alone is that role. */
function roleOfGroup(draft: Draft): Draft {
  const { group, roles } = draft.slots;
  if (draft.intent !== 'export' || group?.role === undefined || roles.length > 0) return draft;
  const { role, ...rest } = group;
  return { ...draft, slots: { ...draft.slots, roles: [role], group: Object.keys(rest).length === 0 ? null : rest } };
}

/** "create a new role": the word role is no name of one. */
function namelessRole(draft: Draft): Draft {
  const { newRole } = draft.slots;
  const isWord = newRole !== null && /^(?:(?:new|custom|user|a|another|the)\s+)*roles?$/i.test(newRole);
  return isWord ? { ...draft, slots: { ...draft.slots, newRole: null } } : draft;
}

const TODAY = new Set(['today', 'tonight']);
const NEEDS_TIME = new Set(['pause-role', 'delegate', 'extend-grant', 'amend-request']);

/** Words for an end that nobody told. */
const PASSING = new Set(['temporarily', 'temporary', 'temp']);

/** "set dave up like alice and bob": roles come from one person only. */
function modelsOf(draft: Draft): number {
  const models = draft.match.filled.filter(({ element }) => element.rank === 2);
  return models.reduce((sum, { edge }) => sum + (edge.value?.kind === 'people' ? edge.value.people.length : 0), 0);
}

/** "temporarily", "as long as he is here": a clause may be cut at "as", so the whole text is looked at for that. */
function isPassing({ match }: Draft, lattice: Lattice): boolean {
  const words = lattice.tokens.map((token) => token.key);
  return words.slice(match.from, match.to).some((word) => PASSING.has(word)) || words.join(' ').includes('as long as');
}

function needed(draft: Draft, lattice: Lattice): Draft {
  const { slots, intent } = draft;
  const asks = [...draft.asks];
  const ask = (about: Ask['about'], candidates: readonly string[] = []): void => {
    if (!asks.some((one) => one.about === about)) asks.push({ about, candidates, text: '' });
  };
  const hasTime = slots.time.for !== null || slots.time.until !== null || slots.time.from !== null;
  const today = draft.match.absorbed.find(
    (edge) =>
      edge.value?.kind === 'time' &&
      edge.value.bare &&
      edge.to - edge.from === 1 &&
      TODAY.has(lattice.tokens[edge.from]?.key ?? ''),
  );
  // "give bob Manager today": from now on, or for today only?
  if (today !== undefined && !hasTime && (intent === 'assign-role' || intent === 'give-permission'))
    asks.push({ about: 'time', candidates: [], text: lattice.tokens[today.from]?.text ?? '' });
  // "tomorrow for 2 hours": which two hours is not said.
  const isHours = slots.time.for?.startsWith('PT') === true;
  if (isHours && slots.time.from?.includes('T00:00:00') === true)
    asks.push({ about: 'time', candidates: [], text: '' });
  const needsEnd = !hasTime && (intent === 'assign-role' || intent === 'give-permission');
  if (needsEnd && isPassing(draft, lattice)) ask('time');
  if (intent === 'copy-roles' && modelsOf(draft) > 1) ask('person', slots.people.slice(-modelsOf(draft)));
  if (NEEDS_TIME.has(intent) && !hasTime) ask('time');
  if (intent === 'break-glass' && slots.reason === null) ask('reason');
  if ((intent === 'approve' || intent === 'deny') && slots.request === null) ask('request');
  if ((intent === 'compare-people' || intent === 'copy-roles') && slots.people.length < 2) ask('person');
  if (intent === 'set-roles' && slots.roles.length === 0) ask('role');
  if (intent === 'compare-roles' && slots.roles.length < 2) ask('role');
  if ((intent === 'create-role' || intent === 'rename-role') && slots.newRole === null) ask('newRole');
  return { ...draft, asks };
}
