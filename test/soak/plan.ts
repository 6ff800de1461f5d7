import type { Random } from './random.ts';

/** What somebody asks for in a trial. */
type Act =
  | 'give'
  | 'swap'
  | 'undo'
  | 'timed'
  /** Given for a time to somebody who gets it in the portal before the click. */
  | 'timed-held'
  | 'bulk'
  | 'rename'
  /** Given by a command, which is killed as well. */
  | 'terminal';

/** Where a change is when the power goes. */
type Moment =
  /** Nobody arranged it. */
  | 'any'
  /** Taken, and the list is being read once more. */
  | 'before-call'
  /** RingCentral never got the call. */
  | 'call-lost'
  /** RingCentral works on it, and carries it out whoever still listens. */
  | 'call-slow'
  /** The connection is cut, nothing happened, and reading back is under way. */
  | 'call-cut'
  /** It was carried out, the answer was lost, and reading back is under way. */
  | 'answer-lost'
  /** It was carried out and answered, and reading back is under way. */
  | 'before-outcome';

/** One trial: an act, the moment, and whether the button of the earlier life is pressed again afterwards. */
export type Trial = {
  readonly act: Act;
  readonly moment: Moment;
  readonly asker: 'U104' | 'U105';
  /** How long a slow call takes, or how long after the click the power goes; milliseconds. */
  readonly ms: number;
  readonly pressAgain: boolean;
};

/** The trials that share one life of the service, and when the power goes once more; null where it does not. */
export type Life = { readonly trials: readonly Trial[]; readonly againMs: number | null };

const MOMENTS: readonly Moment[] = [
  'any',
  'any',
  'before-call',
  'call-lost',
  'call-slow',
  'call-cut',
  'answer-lost',
  'before-outcome',
];
/** Acts of one person that any number of trials of one life may share. */
const COMMON: readonly Act[] = ['give', 'give', 'swap', 'undo', 'timed', 'timed', 'timed-held'];
const ASKERS = ['U104', 'U105'] as const;

/** Draws what is tried in one life: mostly acts of one person, and one that there is room for only once. */
export function drawLife(random: Random, size: number): Life {
  const rare: readonly Act[] = ['bulk', 'rename', 'terminal'];
  const trials = Array.from({ length: size }, (_, index): Trial => {
    const act = index === 0 ? random.pick(rare) : random.pick(COMMON);
    const moment = random.pick(MOMENTS);
    const asker = random.pick(ASKERS);
    return { act, moment, asker, ms: 20 + random.whole(780), pressAgain: act !== 'timed' && random.whole(2) === 0 };
  });
  return { trials, againMs: random.whole(2) === 0 ? random.whole(4_000) : null };
}
