import type { Saying } from '../../domain/reply.ts';
import type { CardButton, Part } from '../card.ts';
import { count, personName } from '../words.ts';
import { type Body, list, maybe, table, text } from './body.ts';
import { roleList } from './changes.ts';

type UndoQuestion = Extract<Saying, { kind: 'undo-question' }>;

const WAYS = ['Put back the earlier list', 'Take back only that change', 'Leave as it is'] as const;
const LEAVE_OTHERS = 'Leave these people as they are';

/** Words for the question how far an undo goes: three lists, and what each answer does. */
export function undoQuestion({ touched, others, buttons }: UndoQuestion): Body {
  const [only] = touched;
  const who =
    only !== undefined && touched.length === 1 ? personName(only.person) : count(touched.length, 'person', 'people');
  return {
    headline: `Somebody changed the roles of ${who} after that change. How far should I go back?`,
    parts: [
      text('Nothing was changed.'),
      ...threeLists(touched),
      ...list('Your choices:', [
        `${WAYS[0]}: what was given since is lost, what was taken since comes back.`,
        `${WAYS[1]}: what others changed since stays.`,
        `${others > 0 ? LEAVE_OTHERS : WAYS[2]}: ${others > 0 ? `only ${count(others, 'other person', 'others')} get the earlier list back.` : 'nothing is undone.'}`,
      ]),
      ...maybe('You see the change once more before anything is written.'),
    ],
    buttons: buttons.map((button): CardButton => {
      const label = button.index === 2 && others > 0 ? LEAVE_OTHERS : (WAYS[button.index ?? -1] ?? 'This one');
      return { label, button, style: null, confirm: null };
    }),
  };
}

function threeLists(touched: UndoQuestion['touched']): Part[] {
  const [only] = touched;
  if (only !== undefined && touched.length === 1) {
    const facts = [
      { label: 'Before that change', value: roleList(only.earlier) },
      { label: 'After it', value: roleList(only.left) },
      { label: 'Now', value: roleList(only.now) },
    ];
    return [{ kind: 'facts', facts }];
  }
  return table(
    'Roles before the change, after it, and now',
    ['Person', 'Before', 'After it', 'Now'],
    touched.map(({ person, earlier, left, now }) => [
      personName(person),
      roleList(earlier),
      roleList(left),
      roleList(now),
    ]),
  );
}
