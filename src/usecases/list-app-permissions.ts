import { carriedBy, printedScope } from './app-scope.ts';
import { appPermissionFacts } from './permission-facts.ts';
import { type Answer, answer, type Session } from './session.ts';

/** Tells which app permissions the token that the assistant uses was given, and what comes with them. */
export async function listAppPermissions(session: Session): Promise<Answer> {
  const printed = await printedScope(session);
  const facts = printed.map(appPermissionFacts);
  const more = [...new Set(facts.flatMap((each) => each.includes))].filter((id) => !printed.includes(id));
  const included = more.map((id) => ({ id, through: carriedBy(printed, id).through }));
  return answer({ kind: 'app-permissions', printed: facts, included }, { asOf: session.facts.readAt });
}
