import { isRefusal } from '../domain/authority.ts';
import type { Grant } from '../domain/grant.ts';
import { mayChange } from './change-rights.ts';
import type { KeptLedger } from './ledgers.ts';
import { type Answer, answer, numbersOf, refuse, roleNames, type Session } from './session.ts';
import { grantButton, shown } from './shown-grants.ts';
import { takeEnds } from './take-ends.ts';

/** Tries an overdue end now instead of at its next turn, for whoever gave it or may change the holder's roles. */
export async function retryEnd(session: Session, { ledger }: KeptLedger, grant: Grant): Promise<Answer> {
  const { deps, asker, names } = session;
  const { person } = ledger;
  const right = grant.asker === asker.person.id ? null : await mayChange(session, ['assign'], person);
  if (right !== null && isRefusal(right)) return refuse(right);
  const taken = await takeEnds(deps, person.id);
  const at = deps.clock.now();
  const about = { people: numbersOf([person]), roles: [grant.roleName] };
  const told = { grant: shown(grant, person, names), own: person.id === asker.person.id };
  if (taken.kind === 'failed' || taken.kind === 'busy') {
    const { attempts = 0, code = 'busy' } = (taken.kind === 'failed' ? taken.grants[0]?.trouble : grant.trouble) ?? {};
    const event = { kind: 'overdue', ...told, attempts, code, retry: grantButton('retry-end', grant) } as const;
    return answer({ kind: 'grant-event', event, at }, { outcome: 'fault', about });
  }
  const roles = taken.kind === 'ended' ? roleNames(taken.roles) : null;
  const event = { kind: 'ended', ...told, by: null, heldUntil: null, roles } as const;
  return answer({ kind: 'grant-event', event, at }, { outcome: 'changed', about });
}
