import type { Intent, Slots } from '../../domain/understanding.ts';

/**
 * One intent of the grammar.
 *
 * To teach a new way of saying it, add a line to `says` and the sentence it is for to `examples`; tests read both.
 *
 * A pattern is a row of elements that must stand in this order; words between them must be explained or cost points:
 *
 * | Element | Accepts |
 * |---|---|
 * | `give` | this word |
 * | `@give` | any phrase of the class in `lexicon/cues.ts` |
 * | `WHO` | named people, me, him; `GROUP` a department, site, range...; `PEOPLE` both; `SELF` the asker |
 * | `ROLE` `PERM` `APP` `SCOPE` `PARTNER` `REQ` `ENDPOINT` `ERROR` `NUMBER` `TIME` | what the name says |
 * | `NAME` | free words: the name of something that does not exist yet |
 * | `a\|b` | either; `x?` optional; `ROLE:removedRoles` fills that slot; `WHO#2` comes later in the list; `+x` must be there |
 *
 * `~` before a pattern accepts its elements in any order. `!` gives up the filling of what is missing: the pattern only
 * counts when everything in it was said. `%` marks talk that only sounds like the intent: the bot asks whether it was
 * meant.
 */
export type IntentGrammar = {
  readonly intent: Intent;
  /** Slots that may be filled beside those the pattern names. */
  readonly takes?: readonly ('time' | 'period' | 'reason' | 'group')[];
  readonly says: readonly string[];
  readonly examples: readonly Example[];
  /** Slots that a pattern's very shape settles, e.g. `negated`. */
  readonly settles?: Partial<Pick<Slots, 'negated' | 'custom'>>;
};

/** A sentence and the slots it must fill, for the sandbox account. */
type Example = readonly [sentence: string, slots?: Partial<Slots>];
