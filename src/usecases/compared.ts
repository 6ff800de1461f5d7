import type { Comparison } from '../domain/comparison.ts';
import type { Compared } from '../domain/reply.ts';
import { knownPermission } from './known-names.ts';
import type { Session } from './session.ts';

/** A comparison with the dictionary's entry of each permission in place of its id. */
export function compared(session: Session, { differing, common }: Comparison): Compared {
  return {
    differing: differing.map((each) => ({ ...each, permission: knownPermission(session, each.permission) })),
    common: common.map((id) => knownPermission(session, id)),
  };
}

/** The permissions that set two apart, as machines want them. */
export function idsOf({ differing }: Comparison): readonly string[] {
  return differing.map((each) => each.permission);
}
