import { access, writeFile } from 'node:fs/promises';
import { type FileWent, render, toText, withFileNote } from '#src/cards/index.ts';
import type { Reply, ReplyFile } from '#src/domain/reply.ts';
import { Usage } from './arguments.ts';
import type { Io } from './composition.ts';

/** Where the file of a reply goes: to a path, to standard output alone (`-`), or printed after the words (null). */
export type Out = string | null;

/**
 * Reads `--out`, before anything is asked: a file that is there already is never overwritten.
 *
 * @throws {Usage}
 */
export async function outArgument(path: string | undefined): Promise<Out> {
  if (path === undefined || path === '-') return path ?? null;
  const taken = await access(path).then(
    () => true,
    () => false,
  );
  if (path === '' || taken) {
    throw new Usage(`--out takes the name of a new file, or - for standard output. Nothing was asked or changed.`);
  }
  return path;
}

/** Prints a reply with its file. @returns false when the file could not be written; it is printed then */
export async function printReply(reply: Reply, zone: string, out: Out, io: Io): Promise<boolean> {
  const card = render(reply, { zone });
  const { file } = reply;
  if (file === undefined) {
    io.out(toText(card));
    return true;
  }
  if (out === '-') {
    io.err(toText(card));
    io.out(withoutLastLineEnd(file.content));
    return true;
  }
  if (out === null) {
    io.out(toText(card));
    printFile(file, io);
    return true;
  }
  const went = await write(out, file);
  io.out(toText(withFileNote(card, file, went)));
  if (went.kind === 'unwritten') printFile(file, io);
  return went.kind === 'written';
}

/** The file of a reply for a program: with its content, or with the path where that was written. */
export async function fileForJson({ file }: Reply, out: Out): Promise<{ readonly file?: unknown }> {
  if (file === undefined) return {};
  const { name, mediaType, content } = file;
  if (out === null || out === '-') return { file: { name, mediaType, content } };
  const went = await write(out, file);
  return { file: went.kind === 'written' ? { name, mediaType, path: out } : { name, mediaType, content } };
}

function printFile({ name, content }: ReplyFile, io: Io): void {
  io.out(`\n--- ${name}\n${withoutLastLineEnd(content)}`);
}

/** Readable by its owner alone: it says who may do what. */
async function write(path: string, { content }: ReplyFile): Promise<Extract<FileWent, { path: string }>> {
  try {
    await writeFile(path, content, { flag: 'wx', mode: 0o600 });
    return { kind: 'written', path };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return { kind: 'unwritten', path, why: whyUnwritten(code) };
  }
}

function whyUnwritten(code: string): string {
  switch (code) {
    case 'EEXIST':
      return 'a file of this name is there already';
    case 'ENOENT':
    case 'ENOTDIR':
      return 'there is no such folder';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'writing there is not allowed';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full';
    default:
      return code;
  }
}

/** `out` ends the line itself. */
function withoutLastLineEnd(content: string): string {
  return content.replace(/\r?\n$/, '');
}
