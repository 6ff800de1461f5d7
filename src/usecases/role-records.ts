import type { Authority } from '../domain/authority.ts';
import type { ExtensionId, PermissionId, RoleId } from '../domain/ids.ts';
import type { RoleIntent, RoleOutcome, RolePlan } from '../domain/role-change.ts';
import type { RoleDraft, RoleInFull, RoleSummary } from '../domain/roles.ts';
import type { AuditEntry, Store, StoredRecord } from './ports.ts';
import { basisOf, type Said } from './said.ts';
import type { Deps, Session } from './session.ts';

/** Kind of the records that changes of roles leave. Their owner is the asker, their ref what people call it by. */
export const ROLE_CHANGE = 'role-change';

/** `open` until the outcome is known. */
type RoleChangeState = 'open' | 'settled';

/** People of a deleted role who are written down by name, so that they can be told apart from those of another. */
const HOLDERS_KEPT = 1_000;

/** A change of a role's definition: what was there before, what was written, and how it went. */
export type RoleChangeRecord = {
  readonly intent: RoleIntent;
  readonly name: string;
  /** The role that was changed; null for a new one, whose id the outcome tells. */
  readonly role: RoleId | null;
  readonly before: RoleInFull | null;
  readonly after: RoleDraft | null;
  /** The default role before, where that was changed. */
  readonly base: RoleSummary | null;
  /** What RingCentral alone decides about, which a new role may lack. */
  readonly uncertain: readonly PermissionId[];
  /** Who held a role that was deleted: putting the role back does not give it back to them. */
  readonly holders: readonly { readonly extension: ExtensionId; readonly siteRestricted: boolean }[];
  readonly asker: ExtensionId;
  readonly reference: string;
  readonly outcome: RoleOutcome | null;
};

/** A record with its place in the store. */
export type KeptRoleChange = { readonly stored: StoredRecord; readonly change: RoleChangeRecord };

/** Reads a record that this program wrote. */
export function readRoleChange(stored: StoredRecord): KeptRoleChange {
  return { stored, change: JSON.parse(stored.body) as RoleChangeRecord };
}

/** Tells whether a change left something that could be taken back. */
export function isInEffect(
  outcome: RoleOutcome | null,
): outcome is Extract<RoleOutcome, { kind: 'changed' | 'differs' }> {
  return outcome?.kind === 'changed' || outcome?.kind === 'differs';
}

/** What happens on the way of a change of a role. */
type RoleEvent =
  | 'role.previewed'
  | 'role.shown'
  | 'role.confirmed'
  | 'role.cancelled'
  | 'role.refused'
  | 'role.moved'
  | 'role.failed'
  | 'role.intent'
  | 'role.outcome';

/** The audit entry of one step. Holds ids, names and lists, never a token; people are counted. */
export function roleEntry(
  session: Session,
  action: RoleEvent,
  plan: Pick<RolePlan, 'intent' | 'name' | 'before' | 'after'>,
  details: Record<string, unknown> = {},
): AuditEntry {
  const { intent, name, before, after } = plan;
  return {
    at: session.deps.clock.now(),
    actor: session.asker.person.number,
    action,
    subject: null,
    reference: session.reference,
    body: JSON.stringify({
      ...{ intent, role: before?.id ?? null, name },
      ...{ before: definitionOf(before), after: definitionOf(after), identity: session.asker.proof },
      ...details,
    }),
  };
}

function definitionOf(role: RoleDraft | RoleInFull | null): unknown {
  if (role === null) return null;
  const { displayName, description, scope, hidden, entries } = role;
  return { displayName, description, scope, hidden, permissions: entries };
}

/** What the record and its entries tell besides the plan. */
export type RoleBasis = Said & {
  readonly pendingId: string;
  readonly authority: Authority;
  readonly through: 'own-token' | 'service-account';
};

/** Writes down what is about to be done, before the call; gives the record. */
export async function recordRoleIntent(session: Session, plan: RolePlan, basis: RoleBasis): Promise<KeptRoleChange> {
  const { deps, asker, reference } = session;
  const change: RoleChangeRecord = {
    intent: plan.intent,
    name: plan.name,
    role: plan.before?.id ?? null,
    before: plan.before,
    after: plan.after,
    base: plan.base,
    uncertain: plan.uncertain,
    holders: await holdersToKeep(session, plan),
    asker: asker.person.id,
    reference,
    outcome: null,
  };
  const record = {
    kind: ROLE_CHANGE,
    id: deps.ids.opaque(),
    state: 'open' satisfies RoleChangeState,
    owner: asker.person.id,
    subject: plan.before?.id ?? null,
    ref: reference,
    endsAt: null,
    body: JSON.stringify(change),
    createdAt: deps.clock.now(),
  };
  const { pendingId, authority, through } = basis;
  const { gains, losses } = plan;
  const rights = { proof: authority.proof, through };
  const details = { record: record.id, pending: pendingId, gains, losses, ...rights, ...basisOf(basis) };
  const entry = roleEntry(session, 'role.intent', plan, details);
  const kept = await deps.store.commit([{ write: 'record.insert', record }], [entry]);
  if (!kept) throw new Error('an id was given twice');
  return { stored: { ...record, version: 1 }, change };
}

async function holdersToKeep(session: Session, { intent, before }: RolePlan): Promise<RoleChangeRecord['holders']> {
  if (intent !== 'delete-role' || before === null) return [];
  const everyone = await session.facts.everyone();
  return [...everyone]
    .flatMap(([extension, roles]) => {
      const held = roles.find((role) => role.id === before.id);
      return held === undefined ? [] : [{ extension, siteRestricted: held.siteRestricted }];
    })
    .slice(0, HOLDERS_KEPT);
}

/** Writes down how it went; an `unsettled` outcome leaves the record open. False when somebody settled it before. */
export function settleRoleChange(
  store: Store,
  { stored, change }: KeptRoleChange,
  outcome: RoleOutcome,
  entry: AuditEntry,
): Promise<boolean> {
  const state: RoleChangeState = outcome.kind === 'unsettled' ? 'open' : 'settled';
  const subject = outcome.kind === 'changed' && outcome.now !== null ? outcome.now.id : stored.subject;
  const to = { state, subject, body: JSON.stringify({ ...change, outcome }) };
  return store.commit([{ write: 'record.move', record: stored, to }], [entry]);
}

/** Changes of roles whose outcome is not known. */
export async function openRoleChanges({ store }: Pick<Deps, 'store'>): Promise<readonly KeptRoleChange[]> {
  const found = await store.records.find({ kind: ROLE_CHANGE, states: ['open' satisfies RoleChangeState], limit: 100 });
  return found.map(readRoleChange);
}
