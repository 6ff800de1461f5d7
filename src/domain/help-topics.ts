/** What help can be asked about; each topic is a family of things that can be said. */
export const HELP_TOPICS = [
  'giving',
  'taking',
  'changing',
  'times',
  'many people',
  'asking for a role',
  'requests',
  'who may do what',
  'roles',
  'permissions',
  'errors',
  'the app',
  'partners',
  'history',
  'undo',
  'your link',
] as const;

export type HelpTopic = (typeof HELP_TOPICS)[number];
