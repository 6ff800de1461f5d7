/** Turns what Slack would show into lines, as plainly as a person would read them aloud. */
export type Block = Record<string, unknown> & { readonly type: string };
export type Message = {
  readonly ts: string;
  readonly user?: string;
  readonly text?: string;
  readonly blocks?: readonly Block[];
  readonly thread_ts?: string;
  readonly ephemeral?: boolean;
  readonly files?: readonly { readonly name: string }[];
};

type Json = Record<string, unknown>;

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(textOf).join('');
  if (value === null || typeof value !== 'object') return '';
  const object = value as Json;
  if ('text' in object) return textOf(object.text);
  if ('elements' in object) return textOf(object.elements);
  return '';
}

function buttonLines(element: Json): string[] {
  if (element.type !== 'button') return [`<${String(element.type)}>`];
  const confirm = element.confirm as Json | undefined;
  return [
    `[${textOf(element.text)}]${confirm ? ` asks first: ${textOf(confirm.title)} / ${textOf(confirm.text)}` : ''}`,
  ];
}

function tableLines(rows: unknown): string[] {
  if (!Array.isArray(rows)) return [];
  return rows.map((row) => `| ${(row as unknown[]).map((cell) => textOf(cell)).join(' | ')} |`);
}

function blockLines(block: Block): string[] {
  switch (block.type) {
    case 'divider':
      return ['---'];
    case 'actions':
      return (block.elements as Json[]).flatMap(buttonLines);
    case 'context':
      return [`(${(block.elements as Json[]).map(textOf).join(' · ')})`];
    case 'section': {
      const fields = Array.isArray(block.fields) ? block.fields.map(textOf) : [];
      const accessory = block.accessory ? buttonLines(block.accessory as Json) : [];
      return [...textOf(block.text).split('\n'), ...fields.flatMap((field) => field.split('\n')), ...accessory];
    }
    case 'table':
    case 'data_table':
      return [...(typeof block.caption === 'string' ? [block.caption] : []), ...tableLines(block.rows)];
    default:
      return textOf(block).split('\n');
  }
}

/** What differs from run to run, replaced by what it is. */
export function steady(line: string): string {
  return line
    .replace(/\b\d{2}:\d{2}:\d{2} (?:[A-Z]{2,5}|GMT[+-]\d+)\b/g, '<time>')
    .replace(/\b\d{2}:\d{2} (?:[A-Z]{2,5}|GMT[+-]\d+)\b/g, '<time>')
    .replace(/\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? \d{1,2} [A-Z][a-z]+(?: \d{4})?/g, '<day>')
    .replace(/\b(ref(?:erence)?:?) [A-Z2-9]{6}\b/gi, '$1 <ref>');
}

/** Lines of a message or a view: its blocks, or its text where it has none. */
export function visibleLines(message: Pick<Message, 'text' | 'blocks' | 'files'>): string[] {
  const words = message.blocks?.length ? message.blocks.flatMap(blockLines) : (message.text ?? '').split('\n');
  const lines = [...words, ...(message.files ?? []).map(({ name }) => `(file ${name})`)];
  return lines.map((line) => steady(line).trimEnd()).filter((line) => line !== '');
}

type Button = {
  readonly label: string;
  readonly actionId: string;
  readonly blockId: string | undefined;
  readonly value: string | undefined;
};

/** The buttons of a message, for clicking by their label. */
export function buttonsOf(message: { readonly blocks?: readonly Block[] }): Button[] {
  const elements = (message.blocks ?? []).flatMap((block) => {
    const own = (block.elements as Json[] | undefined) ?? [];
    const accessory = block.accessory ? [block.accessory as Json] : [];
    return [...own, ...accessory].map((element) => ({ element, blockId: block.block_id as string | undefined }));
  });
  return elements
    .filter(({ element }) => element.type === 'button')
    .map(({ element, blockId }) => ({
      label: textOf(element.text),
      actionId: String(element.action_id),
      blockId,
      value: element.value as string | undefined,
    }));
}
