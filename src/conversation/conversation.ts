import type { Actor } from '../domain/actor.ts';
import { type Attachment, isUsable, type UnusableAttachment } from '../domain/attachment.ts';
import { Fault, isFault } from '../domain/faults.ts';
import type { Button, Home, Turn } from '../domain/reply.ts';
import type { Intent, Understanding } from '../domain/understanding.ts';
import { ANOTHER_LANGUAGE } from '../language/index.ts';
import { isChange } from '../usecases/acts.ts';
import { readList } from '../usecases/bulk/read-list.ts';
import { retryBulk } from '../usecases/bulk/retry.ts';
import { stopBulk } from '../usecases/bulk/stop.ts';
import { cancelChange } from '../usecases/cancel-change.ts';
import { confirmChange } from '../usecases/confirm-change.ts';
import { confirmRoleChange } from '../usecases/confirm-role-change.ts';
import { REFRESH_AT_MOST_EVERY_MS } from '../usecases/everybody.ts';
import { explainError } from '../usecases/explain-error.ts';
import { createFreshFacts } from '../usecases/fresh-facts.ts';
import { confirmGrant, pressGrant } from '../usecases/grant-questions.ts';
import { help } from '../usecases/help.ts';
import { identifyActor } from '../usecases/identify-actor.ts';
import { offered } from '../usecases/keep-offers.ts';
import { ownGrants } from '../usecases/list-grants.ts';
import type { Names } from '../usecases/ports.ts';
import { createRoleShelf, type RoleShelf } from '../usecases/role-shelf.ts';
import { type Answer, answer, type Deps, refuse, type Session } from '../usecases/session.ts';
import { takeChoice } from '../usecases/take-choice.ts';
import { takeOffer } from '../usecases/take-offer.ts';
import { pressUndo, undoChange } from '../usecases/undo-change.ts';
import { whoami } from '../usecases/whoami.ts';
import { askBack } from './ask-back.ts';
import { dispatch } from './dispatch.ts';
import { aboutList, listAsSubject, type Pasted, pastedList, withList } from './file-list.ts';
import type { Language } from './language.ts';
import { localTime } from './local-time.ts';
import { asPastedError } from './pasted.ts';
import { resume } from './resume.ts';
import { createThreadMemory } from './thread-memory.ts';
import { faultAnswer, turnOf } from './turns.ts';
import { createVocabularies } from './vocabulary.ts';
import { withholdNames } from './withhold-names.ts';

/** What a conversation needs besides the use cases. */
export type ConversationDeps = Deps & {
  /** Names of partners, where a partner directory is connected. */
  readonly partners?: readonly string[];
  /** What roles hold, where somebody else fills it too; by default it fills as suggestions are made. */
  readonly shelf?: RoleShelf;
};

/** Somebody's words. `thread` names the place they were said in, so that follow-ups find their subject. */
type Utterance = {
  readonly actor: Actor;
  readonly text: string;
  readonly thread: string;
  /** The one file that came with the words, or why it could not be read. */
  readonly attachment?: Attachment | UnusableAttachment;
};

/** Somebody's click. */
type Press = { readonly actor: Actor; readonly button: Button; readonly thread: string };

/** Words and clicks in, one turn out; never throws for what the world or a person does. */
export type Conversation = {
  say(utterance: Utterance): Promise<Turn>;
  press(press: Press): Promise<Turn>;
  home(actor: Actor): Promise<Home>;
};

/** Longer texts are refused: nobody reads them over before confirming what they mean. */
const TEXT_LIMIT = 8_000;

/** Makes a conversation over any understanding of words. */
export function conversationWith<Vocabulary>(deps: ConversationDeps, language: Language<Vocabulary>): Conversation {
  const shelf = deps.shelf ?? createRoleShelf(deps.directories.service, deps.clock);
  const memory = createThreadMemory(deps.store, deps.clock);
  const vocabularyOf = createVocabularies(language.buildVocabulary, deps.partners ?? []);

  async function say({ actor, text, thread, attachment }: Utterance): Promise<Turn> {
    return asTurn(actor, thread, async (plain) => {
      if (text.length > TEXT_LIMIT) return { result: await tooLong(plain, text) };
      if (attachment !== undefined && !isUsable(attachment))
        return { result: refuse({ kind: 'attachment', attachment }) };
      const session = attachment === undefined ? plain : { ...plain, attachment };
      if (text.trim() === '') return { result: attachment === undefined ? help() : fileUnused(attachment, null) };
      const list = attachment === undefined ? pastedList(text, session.names) : { words: text, list: attachment };
      if (list !== null) return hearList(session, actor, list);
      const previous = await memory.recall(thread, session.asker.person.id);
      const heard = await hear(session, actor, text, previous);
      return act(heard.session, heard.understanding);
    });
  }

  /**
   * The words say what to do, a list says to whom. Words about something else are not answered: what was meant for the
   * people of a list must not be done to the ones named beside it.
   */
  async function hearList(session: Session, actor: Actor, { words, list }: Pasted): Promise<Outcome> {
    const numbers = readList(list.text, session.names).entries.map(({ person }) => person);
    const heard = await hear(session, actor, aboutList(words), listAsSubject(numbers));
    const filled = withList(heard.understanding, list, heard.session.names);
    // A log is no list: beside words that order nothing, the error in it is what they are about.
    const order = isChange(heard.understanding.intent);
    const pasted = order || filled?.open ? null : await pastedIn(session, `${words}\n${list.text}`);
    if (pasted !== null) return { result: pasted };
    if (filled === null) return { result: fileUnused(list, heard.understanding.intent) };
    if (!filled.open) return { result: refuse(filled.reason) };
    const { attachment: _, ...withoutFile } = heard.session;
    // What "them" means is no reading of ours: the list said it.
    const readings = filled.value.readings.filter((each) => each.words.toLowerCase() !== 'them');
    return act(withoutFile, { ...filled.value, text: words, readings });
  }

  async function press({ actor, button, thread }: Press): Promise<Turn> {
    return asTurn(actor, thread, async (session) => {
      if (button.action === 'confirm') return { result: await confirmChange(session, button) };
      if (button.action === 'confirm-role') return { result: await confirmRoleChange(session, button) };
      if (button.action === 'confirm-grant') return { result: await confirmGrant(session, button) };
      if (isOfGrant(button)) return { result: await pressGrant(session, button) };
      if (button.action === 'cancel') return { result: await cancelChange(session, button) };
      if (button.action === 'stop') return { result: await stopBulk(session, button) };
      if (button.action === 'retry') return { result: await retryBulk(session, button) };
      if (button.action === 'undo') return { result: await pressUndo(session, button) };
      if (button.action === 'offer') {
        const step = await takeOffer(session, button);
        return step.open ? act(session, step.value) : { result: refuse(step.reason) };
      }
      const chosen = await takeChoice(session, button);
      if (!chosen.open) return { result: refuse(chosen.reason) };
      if ('mode' in chosen.value) {
        const { question, mode } = chosen.value;
        return { result: await undoChange(session, question.change, mode, null, true) };
      }
      const read = await reader(session, actor, chosen.value.question.understanding.text, null);
      return act(session, resume(chosen.value, read));
    });
  }

  async function home(actor: Actor): Promise<Home> {
    const about = await asTurn(actor, 'home', async (session) => ({ result: await whoami(session) }));
    const { reference, outcome } = about.reply;
    const listed = outcome === 'refused' ? null : await asTurn(actor, 'home', ownGrantsTurn);
    return { whoami: about.reply, grants: listed?.reply ?? null, help: turnOf(help(), reference, null, null).reply };
  }

  /** Does what was understood, or says why not; remembers it for follow-ups. */
  async function act(session: Session, heard: Understanding): Promise<Outcome> {
    const understanding = await withholdNames(session, heard);
    await memory.keep(session.thread, session.asker.person.id, understanding);
    return { result: await perform(session, understanding), understanding, names: session.names };
  }

  /** Understands a text; when a name in it is unknown and the names are not new, they are read again once. */
  async function hear(session: Session, actor: Actor, text: string, previous: Understanding | null): Promise<Heard> {
    const read = await reader(session, actor, text, previous);
    const understanding = asPastedError(read(text), read);
    if (!lacksName(understanding) || !isOld(session.names)) return { session, understanding };
    const renewed = { ...session, names: await deps.names.refresh() };
    return { session: renewed, understanding: (await reader(renewed, actor, text, previous))(text) };
  }

  function isOld(names: Names): boolean {
    return deps.clock.now() - names.readAt >= REFRESH_AT_MOST_EVERY_MS;
  }

  async function reader(session: Session, actor: Actor, text: string, previous: Understanding | null) {
    const context = {
      asker: session.asker.person.number,
      now: localTime(deps.clock.now(), deps.zone),
      zone: deps.zone,
      mentions: await mentionedPeople(session, actor, language.mentionsIn(text)),
      previous,
    };
    return (words: string) => language.understand(words, vocabularyOf(session.names), context);
  }

  /** Who speaks, then what: an actor who is refused is refused before anything is understood. */
  async function asTurn(actor: Actor, thread: string, work: (session: Session) => Promise<Outcome>): Promise<Turn> {
    const reference = deps.ids.reference();
    try {
      const facts = createFreshFacts(deps.directories, deps.clock.now());
      const identified = await identifyActor(deps, facts, actor);
      if (identified.kind === 'refused') {
        const member = actor.platform === 'slack' ? actor.member : actor.extensionNumber;
        deps.log.info('somebody was not let in', { reference, member, reason: identified.reason.kind });
        return turnOf(refuse(identified.reason), reference, null, null);
      }
      const { asker } = identified;
      const session: Session = { deps, asker, names: await deps.names.current(), facts, shelf, reference, thread };
      const { result, understanding = null, names = null } = await work(session);
      deps.log.info('turn', {
        reference,
        asker: asker.person.number,
        intent: understanding?.intent,
        outcome: result.outcome,
      });
      return turnOf(result, reference, understanding, names);
    } catch (error) {
      return turnOf(faultAnswer(asFault(error, reference)), reference, null, null);
    }
  }

  function asFault(error: unknown, reference: string): Fault {
    if (isFault(error)) {
      deps.log.warn('turn failed', {
        reference,
        code: error.code,
        operation: error.data.operation,
        errorCode: error.data.errorCode,
      });
      return error;
    }
    deps.log.error('a mistake of ours', { reference, error: error instanceof Error ? error.stack : String(error) });
    return new Fault('internal', 'an unexpected mistake', {}, { cause: error });
  }

  return { say, press, home };
}

async function ownGrantsTurn(session: Session): Promise<Outcome> {
  return { result: await ownGrants(session, { roles: [] }) };
}

/** The buttons of warnings and alerts. */
function isOfGrant({ action }: Button): boolean {
  return action === 'extend-grant' || action === 'end-grant' || action === 'retry-end';
}

type Heard = { readonly session: Session; readonly understanding: Understanding };
type Outcome = { readonly result: Answer; readonly understanding?: Understanding; readonly names?: Names };

async function perform(session: Session, understanding: Understanding): Promise<Answer> {
  switch (understanding.outcome) {
    case 'understood':
      return dispatch(session, understanding);
    case 'ask-back':
      return understanding.ask === null || understanding.intent === null
        ? notUnderstood(understanding)
        : askBack(session, understanding, understanding.ask);
    case 'declined':
      return answer({ kind: 'declined' }, { outcome: 'declined' });
    case 'not-understood':
      return notUnderstood(understanding);
  }
}

function fileUnused({ name }: Attachment, intent: Intent | null): Answer {
  return answer({ kind: 'file-unused', file: name, intent }, { outcome: 'refused' });
}

/** What is too long to be an order may still hold an error, which is read in any length. */
async function tooLong(session: Session, text: string): Promise<Answer> {
  return (await pastedIn(session, text)) ?? refuse({ kind: 'too-long', limit: TEXT_LIMIT });
}

/** The error in a log, a file or a long paste, explained; null where none is found. */
async function pastedIn(session: Session, text: string): Promise<Answer | null> {
  const pasted = await explainError(session, offered('explain-error', text, {}));
  return pasted.outcome === 'not-understood' ? null : pasted;
}

function notUnderstood({ suggestions, readings }: Understanding): Answer {
  const otherLanguage = readings.some((evidence) => evidence.as === ANOTHER_LANGUAGE);
  return answer({ kind: 'not-understood', suggestions, otherLanguage }, { outcome: 'not-understood' });
}

/** Tells whether a name was said that nobody and nothing has; words without sense are no reason to read the account. */
function lacksName({ outcome, ask }: Understanding): boolean {
  return outcome === 'ask-back' && ask !== null && ask.text !== '' && ask.candidates.length === 0;
}

/** A mention means the member's linked extension; what the mention is labelled never decides. */
async function mentionedPeople(
  session: Session,
  actor: Actor,
  members: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  if (members.length === 0 || actor.platform !== 'slack') return new Map();
  const links = await session.deps.store.links.findMany(actor.workspace, members);
  const numberOf = (member: string) => {
    const link = links.find((each) => each.member === member);
    return link === undefined ? null : (session.names.byId(link.extension)?.number ?? null);
  };
  return new Map(members.map((member) => [member, numberOf(member)]));
}
