import { type Authority, isRefusal, narrowTo } from '../domain/authority.ts';
import type { ExtensionId } from '../domain/ids.ts';
import type { Extension } from '../domain/people.ts';
import type { RefusalReason } from '../domain/reply.ts';
import type { ChangeVerb } from './change-rights.ts';
import { establishAuthority } from './establish-authority.ts';
import { type Gate, open, shut } from './gate.ts';
import type { Session } from './session.ts';

/** Whom of some people the asker may change, and why not the others. */
export type Rights = {
  readonly rights: Map<ExtensionId, Authority<ChangeVerb>>;
  readonly refusals: Map<ExtensionId, RefusalReason>;
};

type PersonVerbs = { readonly person: Extension; readonly verbs: readonly ChangeVerb[] };

/**
 * Establishes the rights over many people: each verb once over the whole account, then narrowed to each person.
 *
 * The names of the session must have been read for this decision, because a right may be limited to sites.
 */
export async function rightsOverCrowd(session: Session, crowd: readonly PersonVerbs[]): Promise<Gate<Rights>> {
  const over = new Map<ChangeVerb, Authority<ChangeVerb>>();
  for (const verb of new Set(crowd.flatMap(({ verbs }) => verbs))) {
    const right = await establishAuthority(session, verb, 'account');
    if (isRefusal(right)) return shut(right);
    over.set(verb, right);
  }
  const found: Rights = { rights: new Map(), refusals: new Map() };
  for (const { person, verbs } of crowd) {
    const right = narrowAll(
      session,
      verbs.flatMap((verb) => over.get(verb) ?? []),
      person,
    );
    if (isRefusal(right)) found.refusals.set(person.id, right);
    else found.rights.set(person.id, right);
  }
  return open(found);
}

/** All of these rights over one person; the authority is the first one's. */
function narrowAll(
  session: Session,
  over: readonly Authority<ChangeVerb>[],
  person: Extension,
): Authority<ChangeVerb> | RefusalReason {
  const [first, ...others] = over.map((authority) => narrowed(session, authority, person));
  if (first === undefined) throw new Error('a change without a verb');
  return others.find(isRefusal) ?? first;
}

function narrowed<V extends ChangeVerb | 'read-others'>(
  { names }: Session,
  authority: Authority<V>,
  person: Extension,
): Authority<V> | RefusalReason {
  const right = narrowTo(authority, person);
  if (!isRefusal(right) || right.kind !== 'outside-site') return right;
  const sites = names.sites.filter((site) => authority.sites?.includes(site.id)).map((site) => site.name);
  return { ...right, sites };
}

/** Finds whose lists the asker may not see, though they may change them: a preview shows the list as it is. */
export async function hiddenInCrowd(
  session: Session,
  people: readonly Extension[],
): Promise<ReadonlyMap<ExtensionId, RefusalReason>> {
  const everybody = await establishAuthority(session, 'read-others', 'account');
  const hidden = new Map<ExtensionId, RefusalReason>();
  for (const person of people) {
    const right = isRefusal(everybody) ? everybody : narrowed(session, everybody, person);
    if (isRefusal(right)) hidden.set(person.id, right);
  }
  return hidden;
}
