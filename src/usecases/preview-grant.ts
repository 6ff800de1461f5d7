import { z } from 'zod';
import type { Grant } from '../domain/grant.ts';
import type { Extension } from '../domain/people.ts';
import { PENDING_FOR_MS } from './limits.ts';
import { type Answer, answer, numbersOf, type Session } from './session.ts';
import { shown } from './shown-grants.ts';

/** What a question about a grant keeps until its click. */
const GrantBody = z.object({
  kind: z.literal('grant'),
  grant: z.string(),
  revision: z.number(),
  /** Null for the end now. */
  endsAt: z.number().nullable(),
});

/** Shows a new end of a grant, or its end now, to be confirmed. */
export async function previewGrant(
  session: Session,
  person: Extension,
  grant: Grant,
  endsAt: number | null,
): Promise<Answer> {
  const { deps, asker, names } = session;
  const id = deps.ids.opaque();
  const now = deps.clock.now();
  const expiresAt = now + PENDING_FOR_MS;
  const body: z.infer<typeof GrantBody> = { kind: 'grant', grant: grant.id, revision: grant.revision, endsAt };
  const owner = asker.person.id;
  const question = { id, version: 1, kind: 'confirm', owner, state: 'open', createdAt: now, expiresAt } as const;
  await deps.store.pending.save({ ...question, body: JSON.stringify(body) }, null);
  const button = { id, version: 1, index: null };
  return answer(
    {
      kind: 'grant-preview',
      grant: shown(grant, person, names),
      endsAt,
      at: now,
      confirm: { action: 'confirm-grant', ...button },
      cancel: { action: 'cancel', ...button },
      expiresAt,
    },
    { outcome: 'confirm-needed', about: { people: numbersOf([person]), roles: [grant.roleName] } },
  );
}

/** Reads what a question about a grant kept; null when it is something else. */
export function readGrantBody(text: string): z.infer<typeof GrantBody> | null {
  return GrantBody.safeParse(JSON.parse(text)).data ?? null;
}
