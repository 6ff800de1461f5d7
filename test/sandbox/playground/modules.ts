/** The page's pure modules with the types that their JSDoc promises; they are plain JavaScript for the browser. */

export type VNode = {
  tag: string;
  attrs: Record<string, string | number | boolean>;
  events: Record<string, unknown>;
  children: Child[];
};
type Component = { component: string; props: Record<string, unknown> };
export type Child = string | VNode | Component;

export type Names = { user(id: string): string; channel(id: string): string };

const PUBLIC = new URL('../../../sandbox/playground/public/', import.meta.url);

async function load<Module>(path: string): Promise<Module> {
  return (await import(new URL(path, PUBLIC).href)) as Module;
}

export const { h, textOf } = await load<{
  h(tag: string, attrs: Record<string, unknown> | null, ...children: unknown[]): VNode;
  textOf(node: unknown): string;
}>('render/vnode.js');

export const { renderMrkdwn } = await load<{ renderMrkdwn(text: unknown, names: Names): Child[] }>('render/mrkdwn.js');

export const { renderMarkdown } = await load<{ renderMarkdown(text: unknown): Child[] }>('render/markdown.js');

export const { renderBlocks } = await load<{ renderBlocks(blocks: unknown, context: unknown): Child[] }>(
  'render/blocks.js',
);

export const { safeAddress } = await load<{ safeAddress(address: unknown): string | null }>('render/links.js');

type Cell = { text: string; number: number | null; nodes: Child[] };
export const { tableModel, sortRows, pageOf } = await load<{
  tableModel(
    block: unknown,
    names: Names,
  ): { caption: string; columns: string[]; rows: Cell[][]; pageSize: number; rowHeader: number };
  sortRows(rows: Cell[][], column: number | null, direction: 'ascending' | 'descending'): Cell[][];
  pageOf<Row>(
    rows: Row[],
    page: number,
    size: number,
  ): { page: number; pages: number; rows: Row[]; from: number; to: number };
}>('render/table-model.js');

export const { answerOf, heldBy, initialOf } = await load<{
  answerOf(element: unknown, raw: string[]): Record<string, unknown>;
  heldBy(answer: unknown): string[] | null;
  initialOf(element: unknown): string[];
}>('render/values.js');

type Entry = { kind: string; key: string; text: string; isApp: boolean; isPrivate: boolean; replies: Entry[] };
export const { conversation } = await load<{
  conversation(messages: unknown[], commands: unknown[], context: { botUserId: string; me: string }): Entry[];
}>('render/message-model.js');

type Known = { commands: { command: string; usageHint?: string }[]; labels: Map<string, string> };
export const { readWords, mentionLabels, withMentions, completionsFor } = await load<{
  readWords(words: string, known: Known): Record<string, string> | null;
  mentionLabels(members: { id: string; name: string; ext: string | null }[]): Map<string, string>;
  withMentions(text: string, labels: Map<string, string>): string;
  completionsFor(before: string, known: Known): { from: number; options: { insert: string; label: string }[] } | null;
}>('composer-text.js');

type Change = { ext: string; name: string; added: string[]; removed: string[]; other: string[]; at: number };
export const { changesBetween, changeSentence } = await load<{
  changesBetween(before: Map<string, unknown>, after: unknown[], at: number): Change[];
  changeSentence(change: Change): string;
}>('account-changes.js');

export const { hintsFor, matchPeople, groupPeople } = await load<{
  hintsFor(members: unknown[], byExt: Map<string, unknown>): Map<string, { line: string; isAdministrator: boolean }>;
  matchPeople<Member>(members: Member[], query: string, hints: Map<string, unknown>): Member[];
  groupPeople<Member>(people: Member[], hints: Map<string, unknown>): { title: string; people: Member[] }[];
}>('people.js');

export const { deliveryWords, readDelivery } = await load<{
  deliveryWords(delivery: unknown): { words: string; tone: string };
  readDelivery(answer: unknown): unknown;
}>('delivery.js');

/** Every element below some nodes. */
export function allNodes(nodes: readonly Child[]): VNode[] {
  return nodes.flatMap((node) =>
    typeof node === 'string' || 'component' in node ? [] : [node, ...allNodes(node.children)],
  );
}

/** Nodes as a reader of a test wants them: `<strong>bold</strong> words`. */
export function sketch(nodes: readonly Child[]): string {
  return nodes
    .map((node) => {
      if (typeof node === 'string') return node;
      if ('component' in node) return `[${node.component}]`;
      return node.tag === 'br' ? '<br>' : `<${node.tag}>${sketch(node.children)}</${node.tag}>`;
    })
    .join('');
}

/** Elements through which a page loads, runs, sends or restyles something. */
const DANGEROUS_TAGS =
  /^(script|style|link|meta|base|iframe|frame|object|embed|form|img|video|audio|source|svg|math|template|html|head|body)$/i;

/** What is dangerous in something rendered; judged here anew, not by the renderer's own lists. */
export function dangersIn(nodes: readonly Child[]): string[] {
  return allNodes(nodes).flatMap((node) => [
    ...(DANGEROUS_TAGS.test(node.tag) || !/^[a-z][a-z0-9]*$/.test(node.tag) ? [`element ${node.tag}`] : []),
    ...Object.entries(node.attrs).flatMap(([name, value]) => dangersOf(name, String(value))),
  ]);
}

function dangersOf(name: string, value: string): string[] {
  if (name === 'href') return /^(https?:\/\/[^/@]+(\/|\?|#|$)|mailto:)/.test(value) ? [] : [`href ${value}`];
  return /^on|^style$|^src|^srcdoc$|^xlink|^formaction$|^action$|^data$|[^a-z-]/i.test(name)
    ? [`attribute ${name}`]
    : [];
}
