import type { FurtherAct, Group, Intent, Slots, Understanding } from '../domain/understanding.ts';

/**
 * The canonical sentence of a command: reading it gives the same command again.
 *
 * People are named by extension and names stand in quotation marks, so that nothing in it can be read two ways. Null for
 * what is no command: nothing understood, or something still unclear.
 */
export function render(command: Understanding): string | null {
  if (command.intent === null || command.outcome !== 'understood') return null;
  const acts = [sentence(command.intent, command), ...command.also.map((act: FurtherAct) => sentence(act.intent, act))];
  const prefix = command.dryRun ? 'dry run: ' : '';
  return `${prefix}${acts.join('; ')}`;
}

type Writer = (slots: Slots) => string;

const quote = (name: string): string => `"${name}"`;
const list = (names: readonly string[]): string => names.map(quote).join(' and ');
const ids = (names: readonly string[]): string => names.join(' and ');
const roles = (slots: Slots): string => list(slots.roles);
const perms = (slots: Slots): string => ids(slots.permissions);

function who(slots: Slots): string {
  const people = slots.people.map((number) => `ext ${number}`);
  return (slots.group === null ? people : [...people, groupWords(slots.group)]).join(' and ');
}

function groupWords(group: Group): string {
  const except =
    group.except === undefined || group.except.length === 0
      ? ''
      : ` except ${group.except.map((number) => `ext ${number}`).join(' and ')}`;
  if (group.range !== undefined) return `extensions ${group.range[0]} to ${group.range[1]}${except}`;
  const parts = [
    group.department === undefined ? '' : ` in department ${group.department}`,
    group.site === undefined ? '' : ` at site ${group.site}`,
    group.role === undefined ? '' : ` with the role ${group.role}`,
  ];
  return `everyone${parts.join('')}${except}`;
}

/** All but the last, who is the model. */
const receivers = (slots: Slots): string => who({ ...slots, people: slots.people.slice(0, -1) });
const optional = (word: string, text: string): string => (text === '' ? '' : `${word}${text}`);

function holders(slots: Slots, what: string): string {
  const lead = slots.group === null ? 'who' : groupWords(slots.group).replace(/^everyone/, 'who');
  return `${lead} ${slots.negated ? 'does not have' : 'has'} ${what}`;
}

const WRITERS: Readonly<Record<Intent, Writer>> = {
  'check-permission': (slots) => `does ${who(slots)} have ${perms(slots)}?`,
  'check-role': (slots) => `does ${who(slots)} have the role ${roles(slots)}?`,
  'list-permissions': (slots) => `show the permissions of ${who(slots)}`,
  'list-roles-of': (slots) => `which roles does ${who(slots)} have`,
  'who-has-permission': (slots) => holders(slots, perms(slots)),
  'who-has-role': (slots) => holders(slots, roles(slots)),
  'list-roles': (slots) =>
    slots.custom === null ? 'list roles' : slots.custom ? 'list custom roles' : 'list predefined roles',
  'describe-role': (slots) =>
    slots.permissions.length === 0
      ? `describe ${roles(slots)}`
      : `does the role ${roles(slots)} include ${perms(slots)}?`,
  'compare-roles': (slots) => `compare ${roles(slots)}`,
  'compare-people': (slots) => `compare ${who(slots)}`,
  'roles-with-permission': (slots) => `which roles include ${perms(slots)}`,
  'describe-permission': (slots) => `describe the permission ${perms(slots)}`,
  'assignable-roles': (slots) =>
    slots.roles.length === 0 ? `which roles can i give ${who(slots)}` : `can i give ${who(slots)} ${roles(slots)}`,
  'requestable-roles': () => 'which roles can i ask for',
  'explain-policy': (slots) =>
    slots.request !== null
      ? `why was ${slots.request} refused`
      : slots.roles.length === 0
        ? 'why was i refused'
        : `who decides about ${roles(slots)}`,
  'show-default-role': () => 'what is the default role',
  'explain-access': (slots) => `why can ${who(slots)} use ${perms(slots)}`,
  'explain-error': (slots) =>
    `explain ${slots.error?.code ?? ''}${slots.error?.permission == null ? '' : ` permission [${slots.error.permission}]`}`,
  'check-app-permission': (slots) => `does the app have ${ids(slots.appPermissions)}`,
  'list-app-permissions': () => 'list app permissions',
  'describe-app-permission': (slots) => `describe the app permission ${ids(slots.appPermissions)}`,
  'check-endpoint': (slots) =>
    optional(
      '',
      slots.people.length === 0 ? `check ${slots.endpoint ?? ''}` : `can ${who(slots)} call ${slots.endpoint ?? ''}`,
    ),
  'check-scope': (slots) => `does partner ${list(slots.partners)} have ${ids(slots.scopes)}`,
  'list-scopes': (slots) => `list scopes of partner ${list(slots.partners)}`,
  'who-has-scope': (slots) => `which partners ${slots.negated ? 'do not have' : 'have'} ${ids(slots.scopes)}`,
  'describe-scope': (slots) => `describe scope ${ids(slots.scopes)}`,
  history: (slots) =>
    ['show history of', who(slots), roles(slots)]
      .filter((part) => part !== '')
      .join(' ')
      .replace(/ of$/, ''),
  export: (slots) =>
    slots.permissions.length > 0
      ? `export ${holders(slots, perms(slots))}`
      : slots.roles.length > 0
        ? `export ${holders(slots, roles(slots))}`
        : 'export the audit log',
  'list-requests': () => 'list requests',
  'show-request': (slots) => (slots.request === null ? 'status of my request' : `status ${slots.request}`),
  'list-grants': (slots) =>
    slots.roles.length > 0
      ? `when does ${who(slots)} ${roles(slots)} end`
      : slots.people.length === 0
        ? 'show temporary roles'
        : `show temporary roles of ${who(slots)}`,
  whoami: () => 'who am i',
  help: () => 'help',
  'assign-role': (slots) => `give ${who(slots)} ${roles(slots)}`,
  'remove-role': (slots) => `take ${roles(slots)} from ${who(slots)}`,
  'set-roles': (slots) => `set the roles of ${who(slots)} to ${roles(slots)}`,
  'swap-role': (slots) => `change ${who(slots)} from ${list(slots.removedRoles)} to ${roles(slots)}`,
  'reset-roles': (slots) => `reset ${who(slots)} to default`,
  'copy-roles': (slots) => `set ${receivers(slots)} up like ext ${slots.people.at(-1) ?? ''}`,
  'give-permission': (slots) => `give ${who(slots)} the permission ${perms(slots)}`,
  'take-permission': (slots) => `take the permission ${perms(slots)} from ${who(slots)}`,
  offboard: (slots) => `offboard ${who(slots)}`,
  'pause-role': (slots) => `suspend ${roles(slots)} of ${who(slots)}`,
  'break-glass': (slots) => `break glass: ${roles(slots)} for ${who(slots)}`,
  'set-default-role': (slots) => `make ${roles(slots)} the default role`,
  'create-role': (slots) =>
    `create role ${quote(slots.newRole ?? '')}${optional(' from ', roles(slots))}${optional(' with ', perms(slots))}`,
  'edit-role': (slots) => editRole(slots),
  'rename-role': (slots) => `rename ${roles(slots)} to ${quote(slots.newRole ?? '')}`,
  'delete-role': (slots) => `delete role ${roles(slots)}`,
  'assign-scope': (slots) => `give partner ${list(slots.partners)} ${ids(slots.scopes)}`,
  'remove-scope': (slots) => `take ${ids(slots.scopes)} from partner ${list(slots.partners)}`,
  'extend-grant': (slots) => ['extend', who(slots), roles(slots)].filter((part) => part !== '').join(' '),
  'end-grant': (slots) => {
    if (slots.roles.length > 0) return `end ${who(slots)} ${roles(slots)}`.replace('  ', ' ');
    return slots.people.length === 0 ? "i'm done" : `end ${who(slots)} access`;
  },
  undo: (slots) =>
    slots.request !== null
      ? `undo ${slots.request}`
      : slots.people.length === 0
        ? 'undo'
        : `undo the last change to ${who(slots)}`,
  approve: (slots) => `approve ${slots.request ?? ''}`,
  deny: (slots) => `deny ${slots.request ?? ''}`,
  'cancel-request': (slots) => (slots.request === null ? 'cancel my request' : `cancel ${slots.request}`),
  remind: (slots) => (slots.request === null ? 'remind them' : `remind them about ${slots.request}`),
  'amend-request': (slots) => `change my request${optional(' ', slots.request ?? '')}`,
  delegate: (slots) => `${who(slots)} decides for me`,
  link: () => 'connect my ringcentral account',
  unlink: () => 'unlink me',
};

function editRole(slots: Slots): string {
  if (slots.removedPermissions.length === 0) return `add ${perms(slots)} to ${roles(slots)}`;
  const removed = ids(slots.removedPermissions);
  if (slots.permissions.length === 0) return `remove ${removed} from ${roles(slots)}`;
  return `replace ${removed} with ${perms(slots)} in ${roles(slots)}`;
}

function sentence(intent: Intent, slots: Slots): string {
  const words = [WRITERS[intent](slots)];
  if (slots.time.for !== null)
    words.push(
      intent === 'extend-grant'
        ? `by ${slots.time.for}`
        : intent === 'amend-request'
          ? `to ${slots.time.for}`
          : `for ${slots.time.for}`,
    );
  if (slots.time.from !== null) words.push(`from ${slots.time.from}`);
  if (slots.time.until !== null) words.push(`until ${slots.time.until}`);
  words.push(...periodWords(slots));
  if (slots.ticket !== null) words.push(`ticket ${slots.ticket}`);
  if (slots.reason !== null) words.push(intent === 'deny' ? slots.reason : `because ${slots.reason}`);
  return words.join(' ');
}

function periodWords(slots: Slots): readonly string[] {
  const since = slots.period.since?.slice(0, 10);
  const until = slots.period.until?.slice(0, 10);
  if (since !== undefined && until !== undefined) return [`from ${since} to ${until}`];
  if (since !== undefined) return [`since ${since}`];
  return until === undefined ? [] : [`until ${until}`];
}
