import { ABOUT_APPS } from './about-apps.ts';
import { ABOUT_PEOPLE } from './about-people.ts';
import { ABOUT_ROLES } from './about-roles.ts';
import { CHANGE_PEOPLE } from './change-people.ts';
import { CHANGE_ROLES } from './change-roles.ts';
import { DECISIONS } from './decisions.ts';
import { PAPERWORK } from './paperwork.ts';
import type { IntentGrammar } from './types.ts';

/** All that can be said. Where two readings explain a sentence equally well, the earlier entry wins. */
export const GRAMMAR: readonly IntentGrammar[] = [
  ...ABOUT_PEOPLE,
  ...ABOUT_ROLES,
  ...ABOUT_APPS,
  ...PAPERWORK,
  ...CHANGE_PEOPLE,
  ...CHANGE_ROLES,
  ...DECISIONS,
];
