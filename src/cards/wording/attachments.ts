import type { AttachmentTrouble, UnusableAttachment } from '../../domain/attachment.ts';
import type { Saying } from '../../domain/reply.ts';
import { plain } from '../words.ts';
import { type Body, text } from './body.ts';
import { intentWords } from './intents.ts';

const NOTHING = 'Nothing was looked up and nothing was changed.';

/** Words for a file that cannot be read, and what would help. */
export function attachmentRefusal({ name, trouble }: UnusableAttachment): Body {
  const file = plain(name, 80);
  const [headline, next] = troubleWords(file, trouble);
  return { headline, parts: [text(`${NOTHING} ${next}`)] };
}

/** Words for a file that came with something no file is used for. */
export function fileUnused({ file, intent }: Extract<Saying, { kind: 'file-unused' }>): Body {
  const name = plain(file, 80);
  return {
    headline:
      intent === null
        ? `I have ${name}, but nothing to do with it.`
        : `I understood that you want to ${intentWords(intent)}. I use no file for that.`,
    parts: [
      text(`${name} was left aside. ${NOTHING} Say it again without the file and name the people in your words.`),
    ],
  };
}

function troubleWords(file: string, trouble: AttachmentTrouble): readonly [string, string] {
  switch (trouble.kind) {
    case 'too-big':
      return [
        `${file} is too big for me: at most ${trouble.limitBytes / 1024 ** 2} MB.`,
        'Send only the columns that are needed, or several files one after the other.',
      ];
    case 'empty':
      return [`${file} is empty.`, 'Check that it was saved and send it again.'];
    case 'several':
      return [`These are ${trouble.count} files; I read one at a time.`, 'Send each in a message of its own.'];
    case 'not-csv':
      return [`${file} is not a CSV file.`, 'In a spreadsheet choose "Save as" or "Download" and CSV, then send that.'];
    case 'encoding':
      return [
        encodingWords(file, trouble),
        'A name read wrong could be the name of somebody else, so I do not guess. Save it as "CSV UTF-8" and send it again.',
      ];
    case 'elsewhere':
      return [
        `${file} is kept by another service; I can read files in Slack only.`,
        'Download it and send the file itself.',
      ];
    case 'gone':
      return [`${file} is no longer there.`, 'Send it again.'];
    case 'not-allowed':
      return [
        'I am not allowed to read files in this workspace.',
        'Rolecall has to be installed anew with the scope files:read. Ask your Slack administrator.',
      ];
    case 'unreachable':
      return [`${file} could not be fetched from Slack just now.`, 'Try again in a minute.'];
  }
}

function encodingWords(file: string, { probably, line }: Extract<AttachmentTrouble, { kind: 'encoding' }>): string {
  return probably === null
    ? `${file} is not written in UTF-8.`
    : `${file} is not written in UTF-8 but probably in ${probably}: line ${line} cannot be read.`;
}
