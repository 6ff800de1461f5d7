import type { PermissionFacts, Saying } from '../../domain/reply.ts';
import type { Part } from '../card.ts';
import { count, join, permissionName, plain, reach, roleName, shorten } from '../words.ts';
import { type Body, groups, list, maybe, text } from './body.ts';
import { briefName, byCategory, categoryName } from './categories.ts';

/** Words for "what is in this role". */
export function roleDescription(saying: Extract<Saying, { kind: 'role-description' }>): Body {
  const { role, permissions, isDefault, holders } = saying;
  const kind = role.custom ? 'custom' : 'standard';
  const whose = isDefault === true ? ', the default role,' : '';
  return {
    headline: `${roleName(role)}${whose} is a ${kind} role with ${count(permissions.length, 'permission')}.`,
    parts: [
      ...maybe(plain(role.description ?? '', 300)),
      {
        kind: 'facts',
        facts: [
          { label: 'Reach', value: role.scope === null ? 'as each permission says' : reach([role.scope]) },
          ...(holders === null ? [] : [{ label: 'Held by', value: holderWords(holders) }]),
          ...(role.siteCompatible === null
            ? []
            : [{ label: 'Can be limited to sites', value: role.siteCompatible ? 'yes' : 'no' }]),
          ...(isDefault === null ? [] : [{ label: 'Default role', value: isDefault ? 'yes' : 'no' }]),
          ...(role.hidden ? [{ label: 'Listed', value: 'no, RingCentral hides it' }] : []),
        ],
      },
      ...groups('Permissions by category:', byCategory(permissions)),
    ],
  };
}

function holderWords({
  count: amount,
  withinSites,
}: NonNullable<Extract<Saying, { kind: 'role-description' }>['holders']>) {
  const people = amount === 0 ? 'nobody' : count(amount, 'person', 'people');
  return withinSites ? `${people} at the sites that you administer` : people;
}

/** Words for "what is the default role". */
export function defaultRole({ role }: Extract<Saying, { kind: 'default-role' }>): Body {
  const name = roleName(role);
  return {
    headline: `The default role is ${name}.`,
    parts: [
      ...maybe(plain(role.description ?? '', 300)),
      text(
        `It takes the place of somebody's last role when that is taken away, and "reset ... to default" gives it. Write "what is in ${name}" to see what it holds.`,
      ),
    ],
  };
}

/** Words for "what does this permission mean". */
export function permissionDescription(saying: Extract<Saying, { kind: 'permission-description' }>): Body {
  const { facts, roles } = saying;
  if (facts.known === 'nowhere') return unknownPermission(facts);
  return {
    headline: permissionHeadline(facts),
    parts: [
      ...maybe(plain(facts.permission.description ?? '', 300)),
      ...maybe(
        facts.runtimeId !== null &&
          `It is a label of RingCentral's documents: servers name this permission ${plain(facts.runtimeId)}.`,
      ),
      { kind: 'facts', facts: permissionFacts(facts) },
      ...names(
        facts.includesInferred ? 'Probably comes with it, as viewing comes with editing:' : 'Comes with it:',
        facts.includes,
      ),
      ...names('It comes with:', facts.includedIn),
      ...list(
        'Standard roles that have it, smallest first:',
        roles.map(({ role, through }) =>
          through === facts.permission.id ? roleName(role) : `${roleName(role)}, through ${through}`,
        ),
      ),
      text(
        `${roles.length === 0 ? 'No standard role of this account has it. ' : ''}Write "which role includes ${facts.permission.id}" for custom roles too.`,
      ),
      ...maybe(sourceWords(facts)),
    ],
  };
}

function unknownPermission({ permission }: PermissionFacts): Body {
  return {
    headline: `Nobody knows a permission ${permission.id}.`,
    parts: [
      text(
        "Neither RingCentral's dictionary of this account nor the public documents name it. Check the spelling, or paste the whole error in which you saw it.",
      ),
    ],
  };
}

function permissionHeadline({ permission, known }: PermissionFacts): string {
  const name = permissionName(permission);
  if (known === 'file') return `${name} is named in public documents, and not in the dictionary of this account.`;
  return permission.category === null
    ? `${name} is a RingCentral permission.`
    : `${name} is a permission of the category ${categoryName(permission)}.`;
}

function permissionFacts(facts: PermissionFacts): { label: string; value: string }[] {
  const apps = facts.appPermissions;
  return [
    { label: 'In the admin portal', value: portalWords(facts) },
    { label: 'On a role', value: assignableWords(facts) },
    {
      label: 'Reach seen in real accounts',
      value:
        facts.scopes.length === 0
          ? 'not published'
          : join(
              facts.scopes.map((scope) => reach([scope])),
              'or',
            ),
    },
    ...(apps.length === 0
      ? []
      : [{ label: apps.length === 1 ? 'App permission beside it' : 'App permissions beside it', value: join(apps) }]),
  ];
}

/** The path where a document tells it; otherwise the name to look for, which is all that RingCentral publishes. */
function portalWords({ permission, portal }: PermissionFacts): string {
  if (portal !== null) return portal;
  const name = plain(permission.displayName ?? '');
  if (name === '') return 'not documented';
  return `look for "${name}"${permission.category === null ? '' : ` under ${categoryName(permission)}`}; the exact place is not documented`;
}

function assignableWords({ assignable, assignableParents }: PermissionFacts): string {
  if (assignable === null) return 'not published whether it can be ticked by itself';
  if (assignable) return 'can be ticked by itself';
  if (assignableParents.length === 0) return 'cannot be ticked by itself';
  return `cannot be ticked by itself; tick ${join(assignableParents.map(briefName), 'or')}`;
}

function names(title: string, permissions: PermissionFacts['includes']): Part[] {
  return list(title, permissions.map(briefName));
}

const SOURCES_SHOWN = 2;

function sourceWords({ known, sources, portal, scopes, appPermissions }: PermissionFacts): string | null {
  const told = [
    ...(known === 'file' ? ['the permission itself'] : []),
    ...(portal === null ? [] : ['the place in the portal']),
    ...(scopes.length === 0 ? [] : ['the reach']),
    ...(appPermissions.length === 0 ? [] : ['the app permission']),
  ];
  if (told.length === 0 || sources.length === 0) return null;
  // What RingCentral itself publishes says more to a person than the name of a captured answer.
  const official = [...sources].sort((one, other) => Number(isOfficial(other)) - Number(isOfficial(one)));
  const shown = official.slice(0, SOURCES_SHOWN).map((source) => shorten(plain(source, 200).split(', ')[0] ?? '', 90));
  const rest = sources.length > shown.length ? `; and ${sources.length - shown.length} more` : '';
  return `From public documents and not from your account: ${join(told)}. Sources: ${shown.join('; ')}${rest}.`;
}

function isOfficial(source: string): boolean {
  return /^(Official|RingCentral |ringcentral\/ringcentral-api-docs)/.test(source);
}
