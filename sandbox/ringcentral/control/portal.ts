import { reachOnCustomRole } from '../account/build-roles.ts';
import { expandPermissions, PERMISSION_BY_ID } from '../account/dictionary.ts';
import type { Extension, Reach, Role } from '../account/model.ts';
import { touch, type World } from '../world.ts';
import { ControlProblem } from './problem.ts';

/** Finds a person by short number. @throws {ControlProblem} 404 */
export function demandPerson(world: World, number: string | undefined): Extension {
  const person = world.account.byNumber.get(number ?? '');
  if (person === undefined) throw new ControlProblem(404, `no extension has the number ${number}`);
  return person;
}

function demandRole(world: World, named: string): Role {
  const role =
    world.account.roles.get(named) ?? [...world.account.roles.values()].find((one) => one.displayName === named);
  if (role === undefined) throw new ControlProblem(404, `no role is called ${named}`);
  return role;
}

function demandSite(world: World, named: string): string {
  const site = world.account.sites.find((one) => one.id === named || one.name === named);
  if (site === undefined) throw new ControlProblem(404, `no site is called ${named}`);
  return site.id;
}

type WantedRole = string | { role: string; siteRestricted?: boolean; autoAssigned?: boolean };

/** Another administrator's edit: sets the roles of one person, past every gate. */
export function assignByPortal(world: World, body: unknown): void {
  const { ext, roles } = body as { ext?: string; roles?: WantedRole[] };
  const person = demandPerson(world, ext);
  person.roles = (roles ?? []).map((wanted) => {
    const row = typeof wanted === 'string' ? { role: wanted } : wanted;
    return {
      roleId: demandRole(world, row.role).id,
      siteRestricted: row.siteRestricted ?? false,
      autoAssigned: row.autoAssigned ?? false,
    };
  });
  touch(world);
}

type PersonChange = { status?: string; department?: string | null; site?: string; administeredSites?: string[] };

/** Changes a person as the portal could. Disabling ends the person's sessions. */
export function changePerson(world: World, number: string, body: unknown): void {
  const person = demandPerson(world, number);
  const { status, department, site, administeredSites } = body as PersonChange;
  if (status !== undefined) person.status = status;
  if (department !== undefined) person.department = department;
  if (site !== undefined) person.siteId = demandSite(world, site);
  if (administeredSites !== undefined)
    person.administeredSites = administeredSites.map((one) => demandSite(world, one));
  if (person.status === 'Disabled' || person.status === 'Frozen') world.sessions.endAllOf(person.id);
  touch(world);
}

type RoleChange = { displayName?: string; hidden?: boolean; permissions?: string[]; reach?: Reach };

/** Changes a role, predefined or not: hides it, renames it, gives it other permissions, all with one reach if one is given. */
export function changeRole(world: World, named: string, body: unknown): void {
  const role = demandRole(world, named);
  const { displayName, hidden, permissions, reach } = body as RoleChange;
  const unknown = permissions?.find((id) => !PERMISSION_BY_ID.has(id));
  if (unknown !== undefined) throw new ControlProblem(404, `no permission is called ${unknown}`);
  world.account.roles.set(role.id, {
    ...role,
    displayName: displayName ?? role.displayName,
    hidden: hidden ?? role.hidden,
    updatedAt: world.clock.now(),
    permissions:
      permissions === undefined
        ? role.permissions
        : new Map(
            [...expandPermissions(permissions)].sort().map((id) => [
              id,
              {
                reach: reach ?? role.permissions.get(id)?.reach ?? reachOnCustomRole(id, role.scope),
                capabilities: null,
              },
            ]),
          ),
  });
  touch(world);
}
