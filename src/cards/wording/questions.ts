import type { Extension } from '../../domain/people.ts';
import type { Choice, Saying } from '../../domain/reply.ts';
import { type AskAbout, INTENT_EFFECTS, type Intent } from '../../domain/understanding.ts';
import type { CardButton } from '../card.ts';
import { personName, plain, shorten } from '../words.ts';
import { type Body, list, maybe, text } from './body.ts';
import { intentWords } from './intents.ts';

/** Slack shows about thirty characters of a label; longer ones are told in full in the list. */
const LABEL = 60;

/** Words for a question back: nothing is guessed where a change hangs on it. */
export function askBack(saying: Extract<Saying, { kind: 'ask-back' }>): Body {
  const { intent, about, choices, buttons, lastRole } = saying;
  const words = plain(saying.words, 120);
  return {
    headline: lastRole === null ? question(about, words, choices.length > 0) : lastRoleQuestion(lastRole),
    parts: [
      text(
        `I understood that you want to ${intentWords(intent)}.${INTENT_EFFECTS[intent] === 'read' ? '' : ' Nothing was changed.'}`,
      ),
      ...maybe(choices.length === 0 && knownNowhere(saying)),
      ...list(
        choices.length === 0 ? null : lastRole === null ? 'These fit:' : 'You can choose:',
        choices.map((choice) => {
          const label = choiceLabel(choice, about);
          return choice.detail ? `${label}: ${plain(choice.detail, 120)}` : label;
        }),
      ),
    ],
    buttons: buttons.flatMap((button): CardButton[] => {
      const choice = button.index === null ? undefined : choices[button.index];
      const label =
        button.action === 'cancel' ? 'None of these' : choice === undefined ? null : choiceLabel(choice, about);
      if (label === null) return [];
      return [{ label: shorten(label === '' ? 'This one' : label, LABEL), button, style: null, confirm: null }];
    }),
  };
}

/** Somebody who asks what a permission is wants to know that nobody has it, more than to name it differently. */
function knownNowhere({ intent, about, words }: Extract<Saying, { kind: 'ask-back' }>): string | null {
  const nowhere = "neither RingCentral's dictionary of this account nor the public documents name it";
  if (words === '') return null;
  if (intent === 'describe-permission' && about === 'permission') return `Where I looked: ${nowhere}.`;
  const looksLikeId = /^[A-Z][a-z]+[A-Z][A-Za-z0-9]*$/.test(words);
  return intent === 'describe-role' && about === 'role' && looksLikeId
    ? `As a permission I do not know it either: ${nowhere}.`
    : null;
}

/** What an intent is called in code means nothing to a person, so it is said in words. */
function choiceLabel({ value, label }: Choice, about: AskAbout): string {
  if (about !== 'intent' || !Object.hasOwn(INTENT_EFFECTS, value)) return plain(label);
  const words = intentWords(value as Intent);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function lastRoleQuestion({ person, role }: { readonly person: Extension; readonly role: string }): string {
  return `${plain(role)} is the only role of ${personName(person)}. What should take its place?`;
}

function question(about: AskAbout, words: string, choices: boolean): string {
  const said = words === '' ? '' : ` by "${words}"`;
  const unknown = (what: string): string =>
    words === ''
      ? `Which ${what} do you mean? Please name it.`
      : `I know no ${what} called "${words}". Please name it differently.`;
  switch (about) {
    case 'person':
      if (choices) return `Whom do you mean${said}?`;
      return words === ''
        ? 'Whom do you mean? Please give a name, an extension number or an e-mail address.'
        : `I know nobody called "${words}". Please give the full name, the extension number or the e-mail address.`;
    case 'role':
      return choices ? `Which role do you mean${said}?` : unknown('role');
    case 'permission':
      return choices ? `Which permission do you mean${said}?` : unknown('permission');
    case 'appPermission':
      return choices ? `Which app permission do you mean${said}?` : unknown('app permission');
    case 'partner':
      return choices ? `Which partner do you mean${said}?` : unknown('partner');
    case 'scope':
      return choices ? `Which scope do you mean${said}?` : unknown('scope');
    case 'group':
      return choices ? `Which group do you mean${said}?` : unknown('group');
    case 'newRole':
      return 'What should the new role be called?';
    case 'endpoint':
      return choices ? `Which endpoint do you mean${said}?` : unknown('endpoint');
    case 'time':
      return words === '' ? 'Until when?' : `When exactly is "${words}"? It can be read in more than one way.`;
    case 'request':
      return choices
        ? `Which request do you mean${said}?`
        : 'Which request do you mean? Please give its four-character id.';
    case 'reason':
      return 'For what reason? Please say it in a few words.';
    case 'intent':
      return words === '' ? 'What should I do exactly?' : `What should I do exactly with "${words}"?`;
  }
}

/** Words for a text that means nothing to the assistant: what would work instead. */
export function notUnderstood({ suggestions, otherLanguage }: Extract<Saying, { kind: 'not-understood' }>): Body {
  return {
    headline: otherLanguage ? 'I understand English only, so far.' : 'I did not understand that.',
    parts: [
      text('Nothing was changed.'),
      ...list(
        'These would work:',
        suggestions.map((suggestion) => plain(suggestion, 200)),
      ),
      ...maybe(suggestions.length === 0 && 'Write "help" to see what I can do.'),
    ],
  };
}

/** Words for something understood that cannot be done yet. */
export function notAvailable({ intent, part }: Extract<Saying, { kind: 'not-available' }>): Body {
  const what = intentWords(intent);
  return {
    headline:
      part === 'time'
        ? `I understood that you want to ${what} at or for a certain time. Times are not available yet.`
        : `I understood that you want to ${what}. That is not available yet.`,
    parts: [
      text(
        part === 'time'
          ? 'Nothing was changed. Say it without a time to have it at once and without an end.'
          : 'Nothing was changed. Write "help" to see what works today.',
      ),
    ],
  };
}

const HELP_ABOUT = [
  ['people', 'Ask about people:'],
  ['roles', 'Ask about roles and permissions:'],
  ['changes', 'Change something:'],
  [null, 'Say for example:'],
] as const;

/** Words for "help": sentences that work. */
export function help({ topic, examples }: Extract<Saying, { kind: 'help' }>): Body {
  return {
    headline: topic === null ? 'I answer and change who may do what in RingCentral.' : `Help about ${plain(topic)}.`,
    parts: [
      ...HELP_ABOUT.flatMap(([about, title]) =>
        list(
          title,
          examples
            .filter((example) => example.about === about)
            .map(({ say, does }) => `"${plain(say, 120)}": ${plain(does, 200)}`),
        ),
      ),
      text(
        'Say it in your own words. RingCentral decides what you may see and change, and every change is shown to you before it runs.',
      ),
    ],
  };
}
