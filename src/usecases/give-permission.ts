import { curesFor } from '../domain/cures.ts';
import { contentsOf, inclusionsOf } from '../domain/effective-permissions.ts';
import type { PermissionId } from '../domain/ids.ts';
import type { PermissionWay } from '../domain/reply.ts';
import type { RoleSummary } from '../domain/roles.ts';
import type { Understanding } from '../domain/understanding.ts';
import { decideVerdict } from '../domain/verdict.ts';
import {
  type Asked,
  actFor,
  type Draft,
  type Holder,
  readAsked,
  showWays,
  tryWay,
  WAYS_SHOWN,
} from './permission-ways.ts';
import { recordRefusal } from './record-refusal.ts';
import { type Answer, refuse, type Session } from './session.ts';

/**
 * Shows the roles that would give a permission, fewest other permissions first; one is chosen by its button and leads to
 * the ordinary preview.
 *
 * Permissions hang on roles in RingCentral, never on people: there is no giving one alone.
 */
export async function givePermission(session: Session, said: Understanding): Promise<Answer> {
  const asked = await readAsked(session, said);
  if (!asked.open) {
    await recordRefusal(session, said, asked.reason);
    return refuse(asked.reason);
  }
  const { holders, permissions } = asked.value;
  const wanted = permissions.map(({ id }) => id);
  const lacking = holders.filter((holder) => wanted.some((id) => lacks(holder, id)));
  const already = holders.filter((holder) => !lacking.includes(holder)).map(({ person }) => person);
  const nothing = { act: 'give', already, people: [], ways: [], more: 0, unread: 0, apart: [] } as const;
  if (lacking.length === 0) return showWays(session, said, asked.value, nothing);
  const { candidates, unread } = await candidatesFor(session, asked.value, lacking);
  const ways: PermissionWay[] = [];
  let tried = 0;
  for (const role of candidates) {
    if (ways.length === WAYS_SHOWN) break;
    tried++;
    const way = await tryRole(session, role, lacking, wanted);
    if (way !== null) ways.push(way);
  }
  ways.sort((one, other) => one.gains.length - other.gains.length);
  const people = lacking.map(({ person }) => person);
  const found = { ...nothing, people, ways, more: candidates.length - tried, unread };
  return showWays(session, said, asked.value, found);
}

function tryRole(
  session: Session,
  role: RoleSummary,
  lacking: readonly Holder[],
  wanted: readonly PermissionId[],
): Promise<PermissionWay | null> {
  const draft: Draft = { way: 'assign', removed: [], role };
  const people = lacking.map(({ person }) => person);
  return tryWay(session, draft, actFor(draft, people, []), wanted);
}

/** Held for oneself only, where it reaches further for others, is worth a wider role. */
function lacks({ seen }: Holder, permission: PermissionId): boolean {
  const paths = seen.holdings.get(permission) ?? [];
  return decideVerdict(permission, paths, seen.unread.length > 0) !== 'yes';
}

type Candidates = { readonly candidates: readonly RoleSummary[]; readonly unread: number };

/** Roles that bring all that is wanted, fewest others first for the people who lack it. */
async function candidatesFor(
  session: Session,
  { permissions }: Asked,
  lacking: readonly Holder[],
): Promise<Candidates> {
  const includes = inclusionsOf(session.names.permissions);
  const visible = session.names.roles.filter((role) => !role.hidden);
  const { roles, missing } = await session.shelf.glance(visible.map((role) => role.id));
  const all = roles.filter((role) => {
    const contents = contentsOf(role, includes);
    return permissions.every(({ id }) => contents.has(id));
  });
  const [first] = permissions;
  if (first === undefined) throw new Error('no permission was named');
  const held = heldByAll(lacking);
  const cures = curesFor(first.id, held, all, includes, () => true);
  const holdsIt = (role: RoleSummary) => lacking.every(({ assigned }) => assigned.some((each) => each.id === role.id));
  return { candidates: cures.map(({ role }) => role).filter((role) => !holdsIt(role)), unread: missing.length };
}

/** What everybody has already, which therefore counts for nobody as something further. */
function heldByAll(lacking: readonly Holder[]): ReadonlySet<PermissionId> {
  const [first, ...others] = lacking.map(({ seen }) => [...seen.holdings.keys()]);
  return new Set((first ?? []).filter((id) => others.every((held) => held.includes(id))));
}
