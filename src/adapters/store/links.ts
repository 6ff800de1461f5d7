import type { Selectable } from 'kysely';
import type { IdentityLink, LinkProof } from '#src/domain/actor.ts';
import { accountId, type ExtensionId, extensionId } from '#src/domain/ids.ts';
import type { AuditEntry, Store } from '#src/usecases/ports.ts';
import { appendAudit } from './audit.ts';
import type { Handle } from './handle.ts';
import type { Tables } from './schema.ts';

/** Members asked for in one statement; engines limit the number of parameters. */
const MEMBERS_AT_ONCE = 500;

/** Which extension a chat member was proved to be. */
export function linksOf({ read, write }: Handle): Store['links'] {
  async function findMany(workspace: string, members: readonly string[]): Promise<IdentityLink[]> {
    const found: IdentityLink[] = [];
    for (let from = 0; from < members.length; from += MEMBERS_AT_ONCE) {
      const some = members.slice(from, from + MEMBERS_AT_ONCE);
      const rows = await read((db) =>
        db
          .selectFrom('identity_link')
          .selectAll()
          .where('platform', '=', 'slack')
          .where('workspace', '=', workspace)
          .where('member', 'in', some)
          .where('unlinked_at', 'is', null)
          .execute(),
      );
      found.push(...rows.map(asLink));
    }
    return found;
  }

  function save(link: IdentityLink, audit: AuditEntry): Promise<void> {
    const facts = {
      account: link.account,
      extension: link.extension,
      proof: link.proof,
      linked_at: link.linkedAt,
      unlinked_at: null,
    };
    return write(async (trx) => {
      await trx
        .insertInto('identity_link')
        .values({ platform: link.platform, workspace: link.workspace, member: link.member, ...facts })
        .onConflict((conflict) =>
          conflict
            .columns(['platform', 'workspace', 'member'])
            .doUpdateSet((eb) => ({ ...facts, version: eb('identity_link.version', '+', 1) })),
        )
        .execute();
      await appendAudit(trx, audit);
    });
  }

  async function of(extension: ExtensionId): Promise<readonly IdentityLink[]> {
    const rows = await read((db) =>
      db
        .selectFrom('identity_link')
        .selectAll()
        .where('extension', '=', extension)
        .where('unlinked_at', 'is', null)
        .orderBy('member')
        .execute(),
    );
    return rows.map(asLink);
  }

  return { of, find: async (workspace, member) => (await findMany(workspace, [member]))[0] ?? null, findMany, save };
}

function asLink(row: Selectable<Tables['identity_link']>): IdentityLink {
  return {
    platform: 'slack',
    workspace: row.workspace,
    member: row.member,
    account: accountId(row.account),
    extension: extensionId(row.extension),
    proof: row.proof as LinkProof,
    linkedAt: row.linked_at,
  };
}
