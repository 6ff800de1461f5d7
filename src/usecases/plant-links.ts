import { Fault } from '../domain/faults.ts';
import type { StoredToken } from './ports.ts';
import type { Deps } from './session.ts';

/** Chat identities and tokens that exist from the start: what the built-in sandbox brings. */
export type Planting = {
  /** Workspace id as actors carry it. */
  readonly workspace: string;
  readonly members: readonly { readonly member: string; readonly extensionNumber: string }[];
  readonly tokens: Readonly<Record<string /* extension number */, StoredToken>>;
};

/** Links planted members to their extensions and keeps the planted tokens. For the sandbox only: nothing is proved. */
export async function plantLinks(deps: Deps, planting: Planting): Promise<number> {
  const names = await deps.names.current();
  const idOf = (number: string) => {
    const person = names.byNumber(number);
    if (person !== undefined) return person.id;
    throw new Fault('config-invalid', `the sandbox links extension ${number}, which the directory does not have`);
  };
  const now = deps.clock.now();
  for (const { member, extensionNumber } of planting.members) {
    const extension = idOf(extensionNumber);
    await deps.store.links.save(
      {
        platform: 'slack',
        workspace: planting.workspace,
        member,
        account: names.account.id,
        extension,
        proof: 'sandbox',
        linkedAt: now,
      },
      {
        at: now,
        actor: 'rolecall',
        action: 'link.planted',
        subject: extensionNumber,
        reference: deps.ids.reference(),
        body: JSON.stringify({ workspace: planting.workspace, member, proof: 'sandbox' }),
      },
    );
  }
  for (const [number, token] of Object.entries(planting.tokens)) await deps.store.tokens.save(idOf(number), token);
  return planting.members.length;
}
