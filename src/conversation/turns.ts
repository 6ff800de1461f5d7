import type { Fault } from '../domain/faults.ts';
import type { Reply, Turn } from '../domain/reply.ts';
import { INTENT_EFFECTS, type Understanding } from '../domain/understanding.ts';
import { ANOTHER_LANGUAGE } from '../language/index.ts';
import type { Names } from '../usecases/ports.ts';
import { type Answer, answer } from '../usecases/session.ts';

/** Makes a turn of what a use case answered. */
export function turnOf(
  result: Answer,
  reference: string,
  understanding: Understanding | null,
  names: Names | null,
): Turn {
  const { about, ...reply } = result;
  // A refusal says nothing about names: the reading of a misspelt one could reveal what exists.
  const readings = result.outcome === 'refused' || names === null ? [] : readingsOf(understanding, names);
  return { reply: { ...reply, readings, reference } satisfies Reply, understanding, facts: about };
}

function readingsOf(understanding: Understanding | null, names: Names): readonly string[] {
  const readings = (understanding?.readings ?? [])
    .filter((evidence) => !evidence.literal && evidence.as !== ANOTHER_LANGUAGE)
    // What was wanted shows in the answer itself.
    .filter((evidence) => !Object.hasOwn(INTENT_EFFECTS, evidence.as))
    .map((evidence) => `"${evidence.words}" as ${inWords(evidence.as, names)}`);
  const unanswered = understanding?.effect === 'read' && understanding.also.length > 0;
  return unanswered ? [...readings, 'the first question only; ask the rest one at a time'] : readings;
}

function inWords(as: string, names: Names): string {
  const person = names.byNumber(as);
  return person === undefined ? as : `${person.name} (${person.number})`;
}

/** What to say when the world failed before anything was written. */
export function faultAnswer(fault: Fault): Answer {
  const { errorCode = null, retryAfterMs = null, missing = null } = fault.data;
  return answer(
    { kind: 'fault', code: fault.code, errorCode, retryAfterMs, missing, settled: 'unchanged' },
    { outcome: 'fault' },
  );
}
