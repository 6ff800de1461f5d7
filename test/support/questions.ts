import { dispatch } from '#src/conversation/dispatch.ts';
import type { Saying } from '#src/domain/reply.ts';
import type { Intent, Slots } from '#src/domain/understanding.ts';
import type { Answer } from '#src/usecases/session.ts';
import { type House, understood } from './house.ts';

/** What one person is answered to one question. */
export async function ask(house: House, asker: string, intent: Intent, slots: Partial<Slots> = {}): Promise<Answer> {
  return dispatch(await house.session(asker), understood(intent, slots));
}

/** What was said, when it is of this kind. */
export function as<Kind extends Saying['kind']>(answer: Answer, kind: Kind): Extract<Saying, { kind: Kind }> {
  if (answer.saying.kind !== kind) throw new Error(`said ${JSON.stringify(answer.saying)}`);
  return answer.saying as Extract<Saying, { kind: Kind }>;
}
