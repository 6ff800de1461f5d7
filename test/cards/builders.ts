import type { PersonPlan, Plan } from '#src/domain/change.ts';
import { extensionId, extensionNumber, permissionId, roleId, siteId } from '#src/domain/ids.ts';
import type { Extension } from '#src/domain/people.ts';
import type { Permission } from '#src/domain/permissions.ts';
import type { Button, Reply, Saying } from '#src/domain/reply.ts';
import type { AssignedRole, RoleSummary } from '#src/domain/roles.ts';

/** A person as cards show one. */
export function person(number: string, name: string, more: Partial<Extension> = {}): Extension {
  return {
    id: extensionId(`4001${number}`),
    number: extensionNumber(number),
    name,
    email: null,
    type: 'User',
    status: 'Enabled',
    department: null,
    site: null,
    ...more,
  };
}

export const bob = person('102', 'Bob Brown', {
  department: 'Support',
  site: { id: siteId('main-site'), name: 'Main Site' },
});
export const alice = person('101', 'Alice Anderson');

/** A permission with its id and portal name. */
export function permission(id: string, displayName: string | null = null): Permission {
  return { id: permissionId(id), displayName, description: null, category: null, assignable: true, includes: [] };
}

/** A role as somebody holds it. */
export function held(id: string, displayName: string, more: Partial<AssignedRole> = {}): AssignedRole {
  return { id: roleId(id), displayName, autoAssigned: false, siteRestricted: false, ...more };
}

/** A role as lists show it. */
export function role(id: string, displayName: string, custom = false): RoleSummary {
  return { id: roleId(id), displayName, description: null, custom, hidden: false };
}

export const manager = held('7', 'Manager');
export const standard = held('3', 'Standard (International)');
export const support = held('600004', 'Support');

/** What a change would do to one person. */
export function personPlan(before: AssignedRole[], after: AssignedRole[], more: Partial<PersonPlan> = {}): PersonPlan {
  return { person: bob, before, after, gains: [], losses: [], guard: null, notes: [], grants: [], ...more };
}

/** A plan over people. */
export function plan(people: PersonPlan[], intent: Plan['intent'] = 'assign-role'): Plan {
  return { intent, people, fingerprint: 'f', readAt: 0 };
}

/** A button of question `q`. */
export function button(action: Button['action'], index: number | null = null): Button {
  return { action, id: 'q', version: 1, index };
}

/** 2026-11-23 09:00:12 in Denver. */
export const AS_OF = Date.UTC(2026, 10, 23, 16, 0, 12);
export const DENVER = { zone: 'America/Denver' };

/** A reply around a saying. */
export function reply(saying: Saying, more: Partial<Reply> = {}): Reply {
  return {
    saying,
    outcome: 'answered',
    verdict: null,
    readings: [],
    asOf: null,
    proof: null,
    reference: 'ABCD',
    ...more,
  };
}
