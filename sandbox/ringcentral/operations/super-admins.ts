import type { Extension, HeldRole } from '../account/model.ts';
import { refusal } from '../http/failure.ts';
import type { World } from '../world.ts';

const SUPER_ADMIN = '1';

/** A wanted list of roles for one extension. */
export type WantedRoles = { readonly extension: Extension; readonly next: readonly HeldRole[] };

function isSuperAdmin(roles: readonly HeldRole[]): boolean {
  return roles.some((held) => held.roleId === SUPER_ADMIN);
}

/**
 * The two protections of the Super Admin role that the real server may or may not have; both are off by default.
 *
 * @throws {ApiFailure} as the switches `lastSuperAdmin` and `superAdminByOthers` say
 */
export function guardSuperAdmins(world: World, asker: Extension, wanted: readonly WantedRoles[]): void {
  const { lastSuperAdmin, superAdminByOthers, refusals } = world.switches;
  const given = wanted.some(({ extension, next }) => isSuperAdmin(next) && !isSuperAdmin(extension.roles));
  if (superAdminByOthers === 'refuse' && given && !isSuperAdmin(asker.roles))
    throw refusal(refusals.superAdminByOthers);
  if (lastSuperAdmin === 'refuse' && leavesNone(world, wanted)) throw refusal(refusals.lastSuperAdmin);
}

function leavesNone(world: World, wanted: readonly WantedRoles[]): boolean {
  const next = new Map(wanted.map((row) => [row.extension.id, row.next]));
  const taken = wanted.some((row) => isSuperAdmin(row.extension.roles) && !isSuperAdmin(row.next));
  return taken && !world.account.extensions.some((one) => isSuperAdmin(next.get(one.id) ?? one.roles));
}
