import { withIncludedAppPermissions } from '../catalogue/lookups.ts';
import type { AppPermissionFacts } from '../domain/explanation.ts';
import type { Understanding } from '../domain/understanding.ts';
import { commonVerdict } from '../domain/verdict.ts';
import { appPermissionFacts } from './permission-facts.ts';
import { type Answer, answer, type Session } from './session.ts';

/** How a token carries an app permission. */
export type Carried = {
  /** Its scope prints it. */
  readonly printed: boolean;
  /** Printed app permission that includes it, where it is not printed itself. */
  readonly through: string | null;
};

/** Whether a printed scope carries an app permission, by itself or with another one. */
export function carriedBy(printed: readonly string[], id: string): Carried {
  const through = printed.find((each) => each !== id && withIncludedAppPermissions(each).includes(id)) ?? null;
  return printed.includes(id) ? { printed: true, through: null } : { printed: false, through };
}

/** Tells which app permissions the token that the assistant uses was given, and what comes with them. */
export async function listAppPermissions(session: Session): Promise<Answer> {
  const printed = await printedNow(session);
  const facts = printed.map(appPermissionFacts);
  const included = [...new Set(facts.flatMap((each) => each.includes))].filter((id) => !printed.includes(id));
  return answer(
    {
      kind: 'app-permissions',
      printed: facts,
      included: included.map((id) => ({ id, through: carriedBy(printed, id).through })),
    },
    { asOf: session.facts.readAt },
  );
}

/** Tells whether the app has app permissions, by the scope of the token that it holds now. */
export async function checkAppPermission(session: Session, { appPermissions }: Understanding): Promise<Answer> {
  const printed = await printedNow(session);
  const rows = appPermissions.map((id) => ({ facts: appPermissionFacts(id), ...carriedBy(printed, id) }));
  const verdict = commonVerdict(rows.map((row) => (row.printed || row.through !== null ? 'yes' : 'no')));
  return answer({ kind: 'app-permission-check', rows }, { verdict, asOf: session.facts.readAt });
}

/** Tells what an app permission allows, what comes with it and who needs it; by public documents and the live token. */
export async function describeAppPermission(session: Session, { appPermissions }: Understanding): Promise<Answer> {
  const printed = await printedNow(session);
  const rows: readonly (Carried & { readonly facts: AppPermissionFacts })[] = appPermissions.map((id) => ({
    facts: appPermissionFacts(id),
    ...carriedBy(printed, id),
  }));
  return answer({ kind: 'app-permission-description', rows }, { asOf: session.facts.readAt });
}

function printedNow({ deps }: Session): Promise<readonly string[]> {
  return deps.directories.service.printedAppPermissions();
}
