import { z } from 'zod';
import type { RolePlan } from '../domain/role-change.ts';
import type { RoleAim } from './role-aim.ts';
import type { Said } from './said.ts';

/** What the preview of a change of a role keeps until its click. People are read again then, not kept. */
export type RoleBody = Said & {
  readonly kind: 'confirm-role';
  readonly aim: RoleAim;
  readonly plan: Pick<RolePlan, 'intent' | 'name' | 'before' | 'after' | 'fingerprint'>;
};

/** What is frozen of a plan that is shown. */
export function roleBody(frozen: Pick<RoleBody, 'aim'> & Said, plan: RolePlan): RoleBody {
  const { intent, name, before, after, fingerprint } = plan;
  return { kind: 'confirm-role', ...frozen, plan: { intent, name, before, after, fingerprint } };
}

// Written by this program; the outer shape is checked so that a record of another version is no crash later.
const shape = z.object({
  kind: z.literal('confirm-role'),
  aim: z.looseObject({}),
  plan: z.looseObject({ fingerprint: z.string() }),
});

/** Reads what a preview kept; null when it is something else. */
export function readRoleBody(text: string): RoleBody | null {
  const json: unknown = JSON.parse(text);
  return shape.safeParse(json).success ? (json as RoleBody) : null;
}
