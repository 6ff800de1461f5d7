/** Short forms of first names. Only ever candidates: nobody is found by a nickname alone. */
const GROUPS: readonly (readonly string[])[] = [
  ['robert', 'bob', 'rob', 'bobby', 'robbie'],
  ['william', 'will', 'bill', 'billy', 'liam'],
  ['samuel', 'samantha', 'sam'],
  ['christopher', 'christine', 'christina', 'chris', 'tina'],
  ['alexander', 'alexandra', 'alex', 'sasha', 'sandra'],
  ['elizabeth', 'liz', 'beth', 'lisa', 'betty', 'eliza'],
  ['katherine', 'catherine', 'kate', 'kathy', 'cathy', 'katie'],
  ['michael', 'mike', 'mick'],
  ['david', 'dave'],
  ['daniel', 'danielle', 'dan', 'danny'],
  ['joseph', 'josephine', 'joe', 'jo', 'jose'],
  ['james', 'jim', 'jimmy', 'jamie'],
  ['john', 'jonathan', 'jack', 'johnny', 'jon'],
  ['thomas', 'tom', 'tommy'],
  ['anthony', 'tony'],
  ['edward', 'ed', 'ted', 'eddie'],
  ['richard', 'rick', 'dick', 'rich'],
  ['margaret', 'maggie', 'meg', 'peggy'],
  ['francis', 'frank', 'frances', 'fran', 'franklin'],
  ['benjamin', 'ben'],
  ['nicholas', 'nick', 'nicole', 'nico'],
  ['patrick', 'patricia', 'pat'],
  ['matthew', 'matt'],
  ['andrew', 'andy', 'drew'],
  ['stephen', 'steven', 'steve', 'stephanie', 'steph'],
  ['caroline', 'carol', 'carolyn'],
  ['susan', 'sue', 'suzanne'],
  ['jennifer', 'jen', 'jenny'],
  ['peter', 'pete'],
  ['charles', 'charlie', 'chuck', 'charlotte'],
];

/** Other forms of a first name. */
export const NICKNAMES: ReadonlyMap<string, readonly string[]> = new Map(
  GROUPS.flatMap((group) => group.map((name) => [name, group.filter((other) => other !== name)] as const)),
);
