import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { Reader } from '#src/conversation/reader.ts';
import type { Understanding } from '#src/domain/understanding.ts';
import { extensionArgument, readArguments, Usage } from './arguments.ts';
import type { Composition, Io } from './composition.ts';

const USAGE = 'rolecall parse --json [--as EXT] [--now ISO] "<words>"   or   rolecall parse --lines < file';

/** The promised form of an understanding: what it was read from is for people, not part of the contract. */
export function parsedForm(understanding: Understanding): unknown {
  const { text, outcome, intent, effect, readings: _readings, ...slots } = understanding;
  return { text, outcome, intent, effect, ...slots };
}

/** A line that starts with a quote is a JSON string, so that an utterance may hold line breaks. */
function utteranceOf(line: string): string {
  if (!line.startsWith('"')) return line;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'string' ? value : line;
  } catch {
    return line;
  }
}

async function parseLines(io: Io, reader: Reader, asker: string, now: string | null): Promise<void> {
  const lines = createInterface({ input: Readable.from(io.stdin), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) {
    io.out(JSON.stringify(parsedForm(reader.read(utteranceOf(line), { asker, now }))));
  }
}

function readNow(text: string | undefined): string | null {
  if (text === undefined) return null;
  if (Number.isNaN(Date.parse(text))) throw new Usage('--now takes an instant such as 2026-11-23T09:00:00-07:00.');
  return text;
}

/** Prints what words mean, without asking or changing anything. */
export async function parse(args: readonly string[], io: Io, compose: Composition): Promise<number> {
  const { values, positionals } = readArguments(
    args,
    { json: { type: 'boolean' }, lines: { type: 'boolean' }, as: { type: 'string' }, now: { type: 'string' } },
    USAGE,
  );
  const named = extensionArgument(values.as, 'as');
  const now = readNow(values.now);
  if (!values.lines && positionals.length === 0) throw new Usage(`There are no words to read.\nUsage: ${USAGE}`);
  const parser = await compose.openParser(io.env, { note: io.err });
  try {
    const asker = named ?? parser.owner;
    if (values.lines) {
      await parseLines(io, parser.reader, asker, now);
    } else {
      const form = parsedForm(parser.reader.read(positionals.join(' '), { asker, now }));
      io.out(JSON.stringify(form, null, values.json ? undefined : 2));
    }
    return 0;
  } finally {
    await parser.close();
  }
}
