import { type Answer, answer } from './session.ts';

/** What to say, for somebody who does not know yet. `does` says what comes of it. */
const EXAMPLES = [
  { say: 'what can I do', does: 'lists what your roles allow you' },
  { say: 'does Alice have Meetings?', does: 'tells yes or no, through which role, and what would change it' },
  { say: 'who can read the company call log', does: 'lists the people and the roles that give it to them' },
  { say: 'what is in Manager', does: 'lists what a role holds' },
  { say: 'which role includes Meetings', does: 'lists the roles that bring a permission, smallest first' },
  { say: 'give Bob Manager', does: 'shows the change before anything happens, then asks you to confirm' },
  { say: 'change Bob from Manager to User Admin', does: 'swaps one role and leaves the others' },
] as const;

/** Tells what can be said. */
export function help(topic: string | null = null): Answer {
  return answer({ kind: 'help', topic, examples: EXAMPLES });
}
