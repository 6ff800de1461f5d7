import type { Grant } from '../domain/grant.ts';
import type { GrantShown } from '../domain/grant-event.ts';
import type { Extension } from '../domain/people.ts';
import type { Button, ButtonAction } from '../domain/reply.ts';
import type { Names } from './ports.ts';

/** A grant as people are shown it. */
export function shown(grant: Grant, person: Extension, names: Names | null): GrantShown {
  const { kind, roleName, state, startsAt, endsAt, drift } = grant;
  return { person, kind, roleName, state, startsAt, endsAt, drift, givenBy: names?.byId(grant.asker) ?? null };
}

/** A button about a grant as it is now: once it has another end, the button is out of date. */
export function grantButton(
  action: Extract<ButtonAction, 'extend-grant' | 'end-grant' | 'retry-end'>,
  grant: Grant,
): Button {
  return { action, id: grant.id, version: grant.revision, index: null };
}
