import { render, renderText } from '#src/cards/index.ts';
import type { Conversation } from '#src/conversation/index.ts';
import type { Actor } from '#src/domain/actor.ts';
import { isFault } from '#src/domain/faults.ts';
import type { Button, Turn, TurnOutcome } from '#src/domain/reply.ts';
import { extensionArgument, readArguments, Usage } from './arguments.ts';
import { attach } from './attach.ts';
import type { Assistant, Composition, Io } from './composition.ts';
import { parsedForm } from './parse.ts';
import { fileForJson, outArgument, printReply } from './reply-file.ts';
import { troubleWords } from './trouble.ts';

const USAGE =
  'rolecall ask "<words>" [--as EXT] [--thread NAME] [--file CSV] [--out FILE] [--choose N] [--json] [--yes]';

type Said = Parameters<Conversation['say']>[0];

/** Exit codes that scripts rely on. */
const EXIT: Record<TurnOutcome, number> = {
  answered: 0,
  changed: 0,
  'confirm-needed': 0,
  'approval-needed': 0,
  declined: 0,
  'ask-back': 2,
  refused: 3,
  'not-understood': 4,
  fault: 1,
};

/** The confirmation that a turn waits for, if it waits for one. */
function confirmation(turn: Turn): Button | null {
  const { saying } = turn.reply;
  return 'confirm' in saying ? saying.confirm : null;
}

function asJson(turn: Turn, zone: string): object {
  const { reply, understanding, facts } = turn;
  return {
    outcome: reply.outcome,
    verdict: reply.verdict,
    understanding: understanding ? parsedForm(understanding) : null,
    text: renderText(reply, { zone }),
    people: facts.people,
    roles: facts.roles,
    permissions: facts.permissions,
    changes: facts.changes,
    request: null,
    evidence: reply.proof,
    reference: reply.reference,
  };
}

/** The same object for an assistant that could not be opened: nothing was read, so nothing is known. */
function notOpened(text: string): unknown {
  const nothing = { people: [], roles: [], permissions: [], changes: [] };
  const unknown = { request: null, evidence: null, reference: null };
  return { outcome: 'fault', verdict: null, understanding: null, text, ...nothing, ...unknown };
}

/**
 * Says the words; with a choice also presses that choice, with `confirmed` also Confirm, once each. A change that moved in between is shown again and not
 * confirmed by itself: the person agreed to another list. The understanding of the words stays with the outcome.
 */
async function converse(assistant: Assistant, said: Said, { choice, confirmed }: Clicks): Promise<Turn> {
  const asked = await assistant.conversation.say(said);
  const choose = choice === null ? null : (choices(asked)[choice - 1] ?? null);
  if (choice !== null && choose === null) return asked;
  const turn = choose === null ? asked : await press(assistant, said, choose, asked);
  const confirm = confirmed ? confirmation(turn) : null;
  return confirm === null ? turn : assistant.finished(await press(assistant, said, confirm, turn));
}

/** What is pressed after the words: a choice by its place among the choices shown, and the confirmation. */
/** A command is over long before what it gave for a time: whoever gave it has to know who ends it. */
function timeNote({ reply: { saying } }: Turn, { timeKeeper }: Assistant): string | null {
  const timed =
    saying.kind === 'grant-extended' ||
    (saying.kind === 'changed' && saying.results.some(({ times = [] }) => times.length > 0));
  if (!timed) return null;
  switch (timeKeeper()) {
    case 'service':
      return 'The running service keeps these times.';
    case 'some-service':
      return 'The service keeps these times as long as it runs (rolecall start).';
    case 'no-service':
      return 'No service runs on this data folder: nothing begins or ends until one is started (rolecall start).';
    case 'ends-with-command':
      return 'This sandbox ends with the command, and everything in it.';
  }
}

type Clicks = { readonly choice: number | null; readonly confirmed: boolean };

/** The answers to a question back, in the order in which they are shown. */
function choices({ reply }: Turn): readonly Button[] {
  return render(reply).buttons.flatMap(({ button }) => (button.action === 'choose' ? [button] : []));
}

async function press(assistant: Assistant, { actor, thread }: Said, button: Button, asked: Turn): Promise<Turn> {
  const pressed = await assistant.conversation.press({ actor, button, thread });
  return { ...pressed, understanding: pressed.understanding ?? asked.understanding };
}

function choiceArgument(value: string | undefined): number | null {
  if (value === undefined) return null;
  if (!/^[1-9]\d?$/.test(value)) throw new Usage(`--choose takes the place of a choice, from 1 on.\nUsage: ${USAGE}`);
  return Number(value);
}

/** Answers one question or makes one change from the terminal, through the same use cases as the chats. */
export async function ask(args: readonly string[], io: Io, compose: Composition): Promise<number> {
  const { values, positionals } = readArguments(
    args,
    {
      as: { type: 'string' },
      thread: { type: 'string' },
      file: { type: 'string' },
      out: { type: 'string' },
      choose: { type: 'string' },
      json: { type: 'boolean' },
      yes: { type: 'boolean' },
    },
    USAGE,
  );
  if (positionals.length === 0) throw new Usage(`There are no words to answer.\nUsage: ${USAGE}`);
  const extensionNumber = extensionArgument(values.as, 'as');
  const choice = choiceArgument(values.choose);
  const attachment = await attach(values.file, io);
  const out = await outArgument(values.out);
  let assistant: Assistant;
  try {
    assistant = await compose.openAssistant(io.env, { thread: values.thread !== undefined, note: io.err });
  } catch (error) {
    // Who asked for JSON reads one object, whatever happens.
    if (!values.json || !isFault(error)) throw error;
    io.out(JSON.stringify(notOpened(troubleWords(error))));
    return EXIT.fault;
  }
  try {
    if (extensionNumber !== null && !assistant.loopback) {
      throw new Usage(
        '--as works only against a loopback RingCentral; here the asker is the owner of the token. Nothing was asked or changed.',
      );
    }
    const actor: Actor = { platform: 'terminal', extensionNumber };
    const thread = `terminal:${values.thread ?? 'once'}`;
    const said: Said = { actor, text: positionals.join(' '), thread, ...(attachment === null ? {} : { attachment }) };
    const turn = await converse(assistant, said, { choice, confirmed: values.yes ?? false });
    const { zone } = assistant;
    const code = EXIT[turn.reply.outcome];
    if (values.json) {
      io.out(JSON.stringify({ ...asJson(turn, zone), ...(await fileForJson(turn.reply, out)) }));
      return code;
    }
    const written = await printReply(turn.reply, zone, out, io);
    if (choices(turn).length > 0)
      io.out('To answer, run the same words with --choose and the place of your choice, from 1 on.');
    if (confirmation(turn)) io.out('To make this change, run the same words with --yes.');
    const kept = timeNote(turn, assistant);
    if (kept !== null) io.out(kept);
    return written ? code : code || EXIT.fault;
  } finally {
    await assistant.close();
  }
}
