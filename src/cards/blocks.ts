/**
 * The part of Block Kit that cards use, with the limits that Slack documents and enforces. Assignable to the SDK's own
 * block types, so that a drift between the two does not compile in the adapter.
 */
export type PlainText = { type: 'plain_text'; text: string; emoji: false };

export type ButtonElement = {
  type: 'button';
  action_id: string;
  text: PlainText;
  value: string;
  style?: 'primary' | 'danger';
  confirm?: { title: PlainText; text: PlainText; confirm: PlainText; deny: PlainText; style?: 'primary' | 'danger' };
};

export type CardBlock =
  | { type: 'header'; text: PlainText }
  | { type: 'section'; text: PlainText }
  | { type: 'section'; fields: PlainText[] }
  | { type: 'context'; elements: PlainText[] }
  | { type: 'actions'; elements: ButtonElement[] }
  | { type: 'divider' }
  | {
      type: 'data_table';
      caption: string;
      rows: { type: 'raw_text'; text: string }[][];
      page_size: number;
      row_header_column_index: number;
    };

/** Limits of Block Kit as Slack's reference states them; lengths in characters. */
export const LIMITS = {
  messageBlocks: 50,
  viewBlocks: 100,
  header: 150,
  section: 3000,
  fields: 10,
  field: 2000,
  contextElements: 10,
  contextText: 3000,
  actions: 25,
  buttonText: 75,
  buttonValue: 2000,
  actionId: 255,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  tableRows: 201,
  tableColumns: 20,
  tableCharacters: 20_000,
  tableCaption: 300,
  /** Undocumented ceiling that Slack answers with `msg_blocks_too_long`; observed near 13 000. */
  messageCharacters: 12_000,
  fallbackText: 4000,
} as const;

/** What is wrong with blocks by Slack's limits; empty when they can be sent. */
export function blockProblems(blocks: readonly CardBlock[], maxBlocks: number = LIMITS.messageBlocks): string[] {
  const problems = blocks.flatMap((block, index) => problemsOf(block).map((problem) => `/blocks/${index}: ${problem}`));
  const ids = blocks.flatMap((block) => (block.type === 'actions' ? block.elements.map((each) => each.action_id) : []));
  return [
    ...problems,
    ...(blocks.length === 0 ? ['no blocks'] : []),
    ...(blocks.length > maxBlocks ? [`more than ${maxBlocks} blocks`] : []),
    ...(new Set(ids).size < ids.length ? ['an action id is used twice'] : []),
    ...(characters(blocks) > LIMITS.messageCharacters ? ['too many characters in all'] : []),
  ];
}

/** Characters that count towards the message; a table has a budget of its own. */
export function characters(blocks: readonly CardBlock[]): number {
  return blocks.reduce((sum, block) => sum + (block.type === 'data_table' ? 0 : JSON.stringify(block).length), 0);
}

function problemsOf(block: CardBlock): string[] {
  switch (block.type) {
    case 'header':
      return textProblems('header', block.text.text, LIMITS.header);
    case 'section':
      return 'text' in block
        ? textProblems('section', block.text.text, LIMITS.section)
        : [
            ...(block.fields.length === 0 || block.fields.length > LIMITS.fields ? ['1 to 10 fields'] : []),
            ...block.fields.flatMap((field) => textProblems('field', field.text, LIMITS.field)),
          ];
    case 'context':
      return [
        ...(block.elements.length === 0 || block.elements.length > LIMITS.contextElements ? ['1 to 10 elements'] : []),
        ...block.elements.flatMap((element) => textProblems('context', element.text, LIMITS.contextText)),
      ];
    case 'actions':
      return [
        ...(block.elements.length === 0 || block.elements.length > LIMITS.actions ? ['1 to 25 buttons'] : []),
        ...block.elements.flatMap(buttonProblems),
      ];
    case 'divider':
      return [];
    case 'data_table':
      return tableProblems(block);
  }
}

function textProblems(what: string, text: string, max: number): string[] {
  if (text.length === 0) return [`${what} is empty`];
  return text.length > max ? [`${what} is longer than ${max}`] : [];
}

function buttonProblems(button: ButtonElement): string[] {
  const { confirm } = button;
  return [
    ...textProblems('button', button.text.text, LIMITS.buttonText),
    ...textProblems('value', button.value, LIMITS.buttonValue),
    ...textProblems('action id', button.action_id, LIMITS.actionId),
    ...(confirm === undefined
      ? []
      : [
          ...textProblems('confirm title', confirm.title.text, LIMITS.confirmTitle),
          ...textProblems('confirm text', confirm.text.text, LIMITS.confirmText),
          ...textProblems('confirm button', confirm.confirm.text, LIMITS.confirmButton),
          ...textProblems('deny button', confirm.deny.text, LIMITS.confirmButton),
        ]),
  ];
}

function tableProblems(table: Extract<CardBlock, { type: 'data_table' }>): string[] {
  const [head = []] = table.rows;
  const cells = table.rows.flat();
  return [
    ...textProblems('caption', table.caption, LIMITS.tableCaption),
    ...(table.rows.length < 2 || table.rows.length > LIMITS.tableRows ? ['1 to 200 rows besides the header'] : []),
    ...(head.length === 0 || head.length > LIMITS.tableColumns ? ['1 to 20 columns'] : []),
    ...(table.rows.some((row) => row.length !== head.length) ? ['rows of different length'] : []),
    ...(cells.some((cell) => cell.text.length === 0) ? ['an empty cell'] : []),
    ...(cells.reduce((sum, cell) => sum + cell.text.length, 0) > LIMITS.tableCharacters ? ['too many characters'] : []),
    ...(table.page_size < 1 || table.page_size > 100 ? ['page size 1 to 100'] : []),
  ];
}
