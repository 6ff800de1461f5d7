import type { Actor, MemberStanding } from '../domain/actor.ts';
import { isFault } from '../domain/faults.ts';
import type { ExtensionId } from '../domain/ids.ts';
import type { RefusalReason } from '../domain/reply.ts';
import type { FreshFacts } from './fresh-facts.ts';
import type { RoleDirectory } from './ports.ts';
import type { Asker, Deps } from './session.ts';

/** Somebody with an extension, or a reason why not. */
export type Identified =
  | { readonly kind: 'identified'; readonly asker: Asker }
  | { readonly kind: 'refused'; readonly reason: RefusalReason };

/**
 * Tells which extension an actor is.
 *
 * What the platform says about a member comes before any look-up, so that a guest or stranger learns nothing, not even
 * whether they are linked. The extension is read now: a link ends when it is no longer enabled.
 */
export async function identifyActor(deps: Deps, facts: FreshFacts, actor: Actor): Promise<Identified> {
  if (actor.platform === 'terminal') return identifyAtTerminal(deps, facts, actor.extensionNumber);
  const reason = decideStanding(actor.standing);
  if (reason !== null) return { kind: 'refused', reason };
  const link = await deps.store.links.find(actor.workspace, actor.member);
  if (link === null) return { kind: 'refused', reason: { kind: 'not-linked' } };
  const names = await deps.names.current();
  if (link.account !== names.account.id) {
    return { kind: 'refused', reason: { kind: 'link-ended', why: 'it belongs to another RingCentral account' } };
  }
  return identifyExtension(facts, link.extension, link.proof);
}

/** Decides whether a member may talk to the assistant at all; an unreadable standing never allows. */
function decideStanding(standing: MemberStanding | null): RefusalReason | null {
  if (standing === null) return { kind: 'unknown-member' };
  if (standing.deleted) return { kind: 'deleted' };
  if (standing.bot) return { kind: 'bot' };
  if (standing.stranger || !standing.home) return { kind: 'stranger' };
  if (standing.guest) return { kind: 'guest' };
  if (!standing.emailConfirmed) return { kind: 'unconfirmed' };
  return null;
}

async function identifyAtTerminal(deps: Deps, facts: FreshFacts, number: string | null): Promise<Identified> {
  if (number === null) {
    const { service } = deps.directories;
    return identifyExtension(facts, await facts.serviceAccount(), 'terminal', service);
  }
  const person = (await deps.names.current()).byNumber(number) ?? (await deps.names.refresh()).byNumber(number);
  if (person === undefined) return { kind: 'refused', reason: { kind: 'unknown-extension', extension: number } };
  return identifyExtension(facts, person.id, 'terminal');
}

async function identifyExtension(
  facts: FreshFacts,
  extension: ExtensionId,
  proof: string,
  token: RoleDirectory | null = null,
): Promise<Identified> {
  try {
    const own = token ?? (await facts.directories.as(extension));
    facts.askAs(own);
    const person = await facts.extension(extension);
    if (person.status !== 'Enabled') return ended('the extension is not enabled in RingCentral');
    return { kind: 'identified', asker: { person, own, proof } };
  } catch (error) {
    if (isFault(error, 'directory-not-found')) return ended('the extension is no longer in RingCentral');
    throw error;
  }
}

function ended(why: string): Identified {
  return { kind: 'refused', reason: { kind: 'link-ended', why } };
}
