import type { AnswerProof } from '../domain/authority.ts';
import type { Intent } from '../domain/understanding.ts';
import type { Session } from './session.ts';

/** What a look was about. */
type Subject = {
  readonly people?: readonly string[];
  readonly roles?: readonly string[];
  readonly permissions?: readonly string[];
  readonly partners?: readonly string[];
  readonly scopes?: readonly string[];
};

/**
 * Puts a look at other people into the trail of who saw what, before the answer is given: no trail, no answer.
 *
 * Looking at oneself leaves no entry.
 */
export async function recordRead(
  session: Session,
  intent: Intent,
  proof: AnswerProof,
  subject: Subject,
): Promise<void> {
  if (proof.kind === 'self') return;
  await session.deps.store.seen.append({
    at: session.deps.clock.now(),
    actor: session.asker.person.number,
    action: `read.${intent}`,
    subject: (subject.people ?? subject.partners)?.join(',') ?? null,
    reference: session.reference,
    body: JSON.stringify({ ...subject, proof, identity: session.asker.proof }),
  });
}
