import type { AskAbout } from '../../domain/understanding.ts';
import { NICKNAMES } from '../lexicon/nicknames.ts';
import { nameWords } from '../names/people-index.ts';
import { distance } from '../names/spelling.ts';
import { fold } from '../text/fold.ts';
import type { Vocabulary } from '../vocabulary.ts';

const MOST = 5;

/** Names that somebody may have meant by a word that is none; for people their extension numbers. */
export function nearNames(text: string, about: AskAbout, vocabulary: Vocabulary): readonly string[] {
  if (about === 'person') return nearPeople(text, vocabulary);
  if (about === 'role') return nearest(text, vocabulary.roleNames);
  if (about === 'partner') return nearest(text, vocabulary.input.partners);
  if (about === 'scope') return nearScopes(text, vocabulary.scopeNames);
  if (about === 'permission') return nearest(text, vocabulary.permissionIds);
  if (about === 'appPermission') return nearest(text, vocabulary.appPermissionIds);
  return [];
}

/** Scopes spelt alike, and those of the same kind of thing. */
function nearScopes(text: string, names: readonly string[]): readonly string[] {
  const [thing = ''] = text.split('.');
  const close = nearest(text, names);
  const kin = names.filter((name) => name.startsWith(`${thing}.`) && !close.includes(name));
  return [...close, ...kin].slice(0, MOST);
}

function nearPeople(text: string, vocabulary: Vocabulary): readonly string[] {
  const found = new Set<string>();
  for (const word of nameWords(text)) {
    for (const near of nearWords(word, vocabulary)) {
      for (const person of vocabulary.people.withWord(near).subarray(0, MOST)) {
        const number = vocabulary.people.people[person]?.number;
        if (number !== undefined && found.size < MOST) found.add(number);
      }
    }
  }
  return [...found];
}

function nearWords(word: string, vocabulary: Vocabulary): readonly number[] {
  const known = vocabulary.dictionary.find(word);
  const exact = known !== -1 && vocabulary.people.withWord(known).length > 0 ? [known] : [];
  const nick = (NICKNAMES.get(word) ?? []).map((name) => vocabulary.dictionary.find(name)).filter((at) => at !== -1);
  const slips = vocabulary.spelling
    .near(word)
    .slice(0, MOST)
    .map((near) => near.word);
  return [...exact, ...nick, ...slips, ...vocabulary.people.startingWith(word, 3)];
}

function nearest(text: string, names: readonly string[]): readonly string[] {
  const wanted = fold(text);
  return names
    .map((name) => ({
      name,
      far: Math.min(...[fold(name), ...fold(name).split(' ')].map((part) => distance(wanted, part, 3))),
    }))
    .filter((one) => one.far <= Math.max(1, Math.floor(wanted.length / 4)))
    .sort((a, b) => a.far - b.far)
    .slice(0, MOST)
    .map((one) => one.name);
}
