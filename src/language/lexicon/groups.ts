/** Words for all people. */
export const EVERYONE = new Set('everyone everybody all everone everyones anyone anybody each every'.split(' '));
/** What people are called without a name. */
export const FOLK = new Set(
  'people users persons staff employees colleagues members folks agents guys workers user person employee member agent coworkers extensions extension lot colleague ones personnel crew team humans'.split(
    ' ',
  ),
);
/** What follows or leads the name of a department. */
export const TEAM = new Set(
  'team teams department dept group people staff folks guys crew colleagues agents members employees users division unit deparment departement persons person'.split(
    ' ',
  ),
);
/** What follows or leads the name of a site. */
export const OFFICE = new Set(
  'office site branch location people staff folks team crew colleagues users employees guys facility campus building members offices'.split(
    ' ',
  ),
);
/** Words between people and the place or role they are told by. */
export const IN = new Set(
  'in at from of on within inside across based working who are is work works sits sit located the whole entire with site department dept office team for our sitting'.split(
    ' ',
  ),
);
/** Words between people and the role that they hold. */
export const HOLDING = new Set('with having holding has have holds got hold'.split(' '));
/** Having as the verb of a clause: it ends the words that tell people apart. */
export const MAIN_VERBS = new Set('has have holds got hold'.split(' '));
/** Words that take people out of a group. */
export const EXCEPT = new Set('except but excluding without minus besides save bar barring excl ex sans'.split(' '));
