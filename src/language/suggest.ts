import type { Lattice } from './reading/lattice.ts';
import type { Context } from './types.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Up to three sentences that would work for this asker, with the names they used where there are any. */
export function suggest(
  _text: string,
  vocabulary: Vocabulary,
  _context: Context,
  lattice: Lattice | null,
): readonly string[] {
  const person = firstNamed(lattice, 'people', vocabulary) ?? 'my';
  const role =
    firstNamed(lattice, 'names', vocabulary) ??
    vocabulary.roleNames.find((name) => name === 'Manager') ??
    vocabulary.roleNames[0] ??
    'Standard';
  const whose = person === 'my' ? 'my roles' : `what roles does ${person} have`;
  return [whose, `who has ${role}`, 'help'];
}

function firstNamed(lattice: Lattice | null, kind: 'people' | 'names', vocabulary: Vocabulary): string | null {
  for (const edges of lattice?.startingAt ?? []) {
    for (const edge of edges) {
      const { value } = edge;
      if (edge.slip || edge.cost > 0.2) continue;
      if (
        kind === 'people' &&
        value?.kind === 'people' &&
        value.people[0]?.is === 'named' &&
        value.people[0].candidates.length === 1
      ) {
        const number = value.people[0].candidates[0] ?? '';
        return vocabulary.people.people[vocabulary.people.byNumber(number)]?.name ?? number;
      }
      const name = value?.kind === 'names' ? value.names[0]?.values[0] : undefined;
      if (kind === 'names' && name !== undefined && vocabulary.roleNames.includes(name)) return name;
    }
  }
  return null;
}
