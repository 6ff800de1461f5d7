import { decideSpan, type TimeSpan } from '../domain/time-span.ts';
import type { Intent, Slots } from '../domain/understanding.ts';
import { type Gate, open, shut } from './gate.ts';
import type { Session } from './session.ts';

type Time = Slots['time'];

/** The times that a change takes: an end and a start, only a start, or an end that it cannot do without. */
const TIMES: { readonly [Name in Intent]?: readonly (keyof Time)[] } = {
  'assign-role': ['for', 'until', 'from'],
  'remove-role': ['from'],
  'set-roles': ['for', 'until'],
  'swap-role': ['for', 'until'],
  'pause-role': ['for', 'until'],
  offboard: ['from'],
};

/** Reads for which time an act is meant, by the clock as it is now; refuses a time that it cannot have. */
export function spanOf(session: Session, intent: Intent | 'undo', time: Time): Gate<TimeSpan> {
  const { clock, zone } = session.deps;
  const taken = TIMES[intent] ?? [];
  const said = (['for', 'until', 'from'] as const).filter((each) => time[each] !== null);
  if (said.some((each) => !taken.includes(each))) return shut({ kind: 'time', trouble: 'not-for-this' });
  const span = decideSpan(time, { now: clock.now(), zone });
  if (typeof span === 'string') return shut({ kind: 'time', trouble: span });
  if (intent === 'pause-role' && span.end === null) return shut({ kind: 'time', trouble: 'not-for-this' });
  return open(span);
}
