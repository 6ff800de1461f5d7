import type { HelpTopic } from '../domain/help-topics.ts';
import type { Saying } from '../domain/reply.ts';
import { TOPIC_EXAMPLES } from './help-topics.ts';
import { type Answer, answer } from './session.ts';

type Example = Extract<Saying, { kind: 'help' }>['examples'][number];

/** What to say, for somebody who does not know yet. `does` says what comes of it. */
const EXAMPLES: readonly Example[] = [
  { about: 'people', say: 'what can I do', does: 'lists what your roles allow you' },
  {
    about: 'people',
    say: 'does Alice have Meetings?',
    does: 'yes or no, through which role, and what would change it',
  },
  {
    about: 'people',
    say: 'who can read the company call log',
    does: 'lists the people and the roles that give it to them',
  },
  { about: 'people', say: 'what has Frank that Bob has not', does: 'sets two people side by side' },
  { about: 'roles', say: 'what is in Manager', does: 'lists what a role holds, by category' },
  { about: 'roles', say: 'difference between Manager and User Admin', does: 'tells what sets two roles apart' },
  {
    about: 'roles',
    say: 'which role includes Meetings',
    does: 'lists the roles that bring a permission, smallest first',
  },
  {
    about: 'roles',
    say: 'which checkbox is ReadCompanyCallLog',
    does: 'tells what a permission means and where it is',
  },
  { about: 'changes', say: 'what roles can I give Bob', does: 'lists them, and why not the others' },
  {
    about: 'changes',
    say: 'give Bob Manager',
    does: 'shows the change before anything happens, then asks you to confirm',
  },
  { about: 'changes', say: 'change Bob from Manager to User Admin', does: 'swaps one role and leaves the others' },
];

/** Tells what can be said, at large or about one family of things. */
export function help(topic: HelpTopic | null = null): Answer {
  const examples = topic === null ? EXAMPLES : TOPIC_EXAMPLES[topic].map((one) => ({ ...one, about: null }));
  return answer({ kind: 'help', topic, examples });
}
