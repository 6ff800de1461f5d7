import type { VocabularyInput } from '../language/types.ts';
import type { Names } from '../usecases/ports.ts';

/** Keeps the vocabulary of the names read last: building one takes far longer than understanding a sentence. */
export function createVocabularies<Vocabulary>(
  build: (input: VocabularyInput) => Vocabulary,
  partners: readonly string[],
): (names: Names) => Vocabulary {
  let last: { readonly readAt: number; readonly vocabulary: Vocabulary } | null = null;
  return (names) => {
    if (last?.readAt !== names.readAt) last = { readAt: names.readAt, vocabulary: build(inputOf(names, partners)) };
    return last.vocabulary;
  };
}

/** What can be named in this account. Disabled people and call queues too: the plan refuses them, by name. */
export function inputOf(names: Names, partners: readonly string[]): VocabularyInput {
  return {
    people: names.people.map(({ number, name, email, department, site }) => ({
      number,
      name,
      email,
      department,
      site: site?.name ?? null,
    })),
    sites: names.sites.map((site) => site.name),
    departments: names.departments,
    roles: names.roles.map(({ displayName, custom }) => ({ displayName, custom })),
    permissions: names.permissions.map(({ id, displayName }) => ({ id, displayName })),
    partners,
  };
}
