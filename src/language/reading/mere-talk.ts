import type { Segmentation } from './acts.ts';
import type { FoundHazard } from './hazards.ts';
import type { Lattice } from './lattice.ts';

/** Words that look dangerous and are not, where they stand. */
export function isHarmless(hazard: FoundHazard, lattice: Lattice, dryRun: boolean): boolean {
  const words = lattice.tokens
    .slice(hazard.from, hazard.to)
    .map((token) => token.key)
    .join(' ');
  if (dryRun && ['condition', 'doubt', 'past', 'negation'].includes(hazard.kind)) return true;
  // Plain helping verbs of a clause; with another word of their kind they would have been found as a phrase.
  if (words === 'no' || words === 'was' || words === 'were' || words === 'had' || words === 'did') {
    const after = lattice.tokens[hazard.to];
    return words !== 'no'
      ? false
      : after === undefined
        ? false
        : ['problem', 'worries', 'rush', 'hurry', 'stress', 'pressure'].includes(after.key);
  }
  return false;
}

const SETTLING = new Set(['cancel-request', 'remind', 'undo', 'end-grant', 'link', 'unlink', 'deny', 'extend-grant']);
const BANNING = new Set([
  'dont',
  'not',
  'do',
  'never',
  'no',
  'none',
  'neither',
  'nor',
  'stop',
  'avoid',
  'refrain',
  'except',
  'but',
  'without',
  'rather',
  'nothing',
]);
const SUBJECTS = new Set([
  'i',
  'we',
  'he',
  'she',
  'they',
  'it',
  'that',
  'this',
  'who',
  'is',
  'are',
  'was',
  'were',
  'does',
  'has',
  'have',
  'had',
  'will',
  'can',
  'which',
  'did',
  'you',
  'also',
  'there',
  'im',
  'hes',
  'shes',
  'theyre',
  'its',
  'am',
]);
const WANTING = new Set([
  'want',
  'wants',
  'think',
  'like',
  'mean',
  'meant',
  'wish',
  'agree',
  'approve',
  'believe',
  'allow',
  'intend',
  'recommend',
  'give',
  'do',
  'sure',
  'ok',
  'okay',
  'right',
  'correct',
  'true',
  'trust',
  'ask',
  'asked',
  'say',
  'said',
  'order',
  'ordered',
  'request',
  'requested',
  'need',
  'should',
  'should',
]);

/** Talk beside an order that only sounds like a ban: "he has no access yet", "nobody reacts", "i asked by mistake". */
export function isMereTalk(hazard: FoundHazard, segmentation: Segmentation, lattice: Lattice): boolean {
  const settles = segmentation.acts.every((act) => SETTLING.has(act.pattern.intent));
  if (settles && ['hearsay', 'doubt', 'past'].includes(hazard.kind)) return true;
  if (hazard.kind !== 'negation') return false;
  const key = lattice.tokens[hazard.from]?.key ?? '';
  const next = lattice.tokens[hazard.to]?.key ?? '';
  if (WANTING.has(next)) return false;
  if (!BANNING.has(key)) return true;
  const before = [lattice.tokens[hazard.from - 1]?.key ?? '', lattice.tokens[hazard.from - 2]?.key ?? ''];
  return key !== 'except' && key !== 'but' && before.some((word) => SUBJECTS.has(word));
}
