import { ABOUT_APPS } from './about-apps.ts';
import { ABOUT_PEOPLE } from './about-people.ts';
import { ABOUT_ROLES } from './about-roles.ts';
import { CHANGE_ROLES } from './change-roles.ts';
import { DECISIONS } from './decisions.ts';
import { GIVE_AND_TAKE } from './give-and-take.ts';
import { LEAVE_AND_RETURN } from './leave-and-return.ts';
import { PAPERWORK } from './paperwork.ts';
import { PERMIT_PEOPLE } from './permit-people.ts';
import { REPLACE_ROLES } from './replace-roles.ts';
import type { IntentGrammar } from './types.ts';

/** All that can be said. Where two readings explain a sentence equally well, the earlier entry wins. */
export const GRAMMAR: readonly IntentGrammar[] = [
  ...ABOUT_PEOPLE,
  ...ABOUT_ROLES,
  ...ABOUT_APPS,
  ...PAPERWORK,
  ...GIVE_AND_TAKE,
  ...REPLACE_ROLES,
  ...PERMIT_PEOPLE,
  ...LEAVE_AND_RETURN,
  ...CHANGE_ROLES,
  ...DECISIONS,
];
