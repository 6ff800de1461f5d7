import { type Extension, isUser } from '../account/model.ts';
import { ApiFailure, directoryFailure } from '../http/failure.ts';
import { cutPage, type Page } from '../http/paging.ts';
import { ok } from '../http/reply.ts';
import type { World } from '../world.ts';
import { type Call, flag, type Operation } from './operation.ts';

const PATH = '/restapi/v1.0/account/{accountId}/directory/entries';
const LISTED_STATUSES = ['Enabled', 'Disabled', 'NotActivated'];
const LARGEST_PAGE = 2000;
const SEARCH_FIELDS = ['firstName', 'lastName', 'extensionNumber', 'email', 'department'] as const;
const ALL_SEARCH_FIELDS: readonly string[] = [...SEARCH_FIELDS, 'phoneNumber', 'jobTitle', 'customFieldValue'];

function invalid(name: string): ApiFailure {
  return directoryFailure(400, 'ADG-121', `Parameter [${name}] is invalid. `, name);
}

/** The directory calls every user type `User`. */
function directoryType(extension: Extension): string {
  return isUser(extension) ? 'User' : extension.type;
}

function renderEntry(world: World, extension: Extension, withAccount: boolean): Record<string, unknown> {
  const site = world.account.sites.find((candidate) => candidate.id === extension.siteId);
  return {
    id: String(extension.id),
    type: directoryType(extension),
    status: extension.status,
    ...(withAccount ? { account: { id: String(world.account.id), companyName: world.account.company } } : {}),
    ...(extension.department === null ? {} : { department: extension.department }),
    ...(extension.email === null ? {} : { email: extension.email }),
    extensionNumber: extension.number,
    firstName: extension.firstName,
    ...(extension.lastName === '' ? {} : { lastName: extension.lastName }),
    name: extension.name,
    ...(site === undefined ? {} : { site: { id: site.id, name: site.name, code: site.code } }),
    hidden: false,
  };
}

function listed(world: World): Extension[] {
  return world.account.extensions.filter(
    (extension) => LISTED_STATUSES.includes(extension.status) && extension.type !== 'ApplicationExtension',
  );
}

/** Directory pages are larger than others: 1000 by default, 2000 or `max` at most, `all` for one page. */
function readDirectoryPage(query: URLSearchParams): Page {
  const size = query.get('perPage') ?? '1000';
  const page = query.get('page') ?? '1';
  if (!/^[0-9]{1,9}$/.test(page) || Number(page) < 1) throw invalid('page');
  if (size === 'all') return { page: 1, perPage: Number.MAX_SAFE_INTEGER };
  if (size === 'max') return { page: Number(page), perPage: LARGEST_PAGE };
  if (!/^[0-9]{1,9}$/.test(size) || Number(size) < 1) throw invalid('perPage');
  return { page: Number(page), perPage: Math.min(Number(size), LARGEST_PAGE) };
}

function answer(world: World, rows: readonly Extension[], page: Page, withAccount: boolean): object {
  const size = page.perPage === Number.MAX_SAFE_INTEGER ? Math.max(1, rows.length) : page.perPage;
  const cut = cutPage(rows, { ...page, perPage: size });
  return { paging: cut.paging, records: cut.rows.map((extension) => renderEntry(world, extension, withAccount)) };
}

function list({ world, query }: Call): object {
  const type = query.get('type');
  const group = query.get('typeGroup');
  if (group !== null && !['User', 'NonUser'].includes(group)) throw invalid('typeGroup');
  const site = query.get('siteId');
  const rows = listed(world).filter(
    (extension) =>
      (type === null || directoryType(extension) === type) &&
      (group === null || isUser(extension) === (group === 'User')) &&
      (site === null || extension.siteId === site),
  );
  return answer(world, rows, readDirectoryPage(query), flag(query, 'showFederated', true));
}

function texts(value: unknown, name: string): ReadonlySet<string> | null {
  if (value === undefined || value === null) return null;
  if (!Array.isArray(value) || value.some((entry) => typeof entry !== 'string')) throw invalid(name);
  return value.length === 0 ? null : new Set(value as string[]);
}

function text(value: unknown, name: string): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') throw invalid(name);
  return value;
}

function count(value: unknown, absent: number, name: string): number {
  if (value === undefined || value === null) return absent;
  if (!Number.isInteger(value) || (value as number) < 1) throw invalid(name);
  return value as number;
}

function fieldOf(extension: Extension, field: string): string {
  if (field === 'extensionNumber') return extension.number;
  const known = SEARCH_FIELDS.find((name) => name === field);
  return known === undefined || known === 'extensionNumber' ? '' : (extension[known] ?? '');
}

/** Matches when every word stands somewhere in the searched fields, without regard to case. */
function matcher(search: string | null, fields: ReadonlySet<string> | null): (extension: Extension) => boolean {
  const words = (search ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const searched = [...(fields ?? SEARCH_FIELDS)];
  if (searched.some((field) => !ALL_SEARCH_FIELDS.includes(field))) throw invalid('searchFields');
  return (extension) => {
    const haystack = searched.map((field) => fieldOf(extension, field).toLowerCase());
    return words.every((word) => haystack.some((value) => value.includes(word)));
  };
}

function inOrder(rows: Extension[], orderBy: unknown): Extension[] {
  if (orderBy === undefined || orderBy === null) return rows;
  if (!Array.isArray(orderBy)) throw invalid('orderBy');
  const keys = (orderBy as { index?: number; fieldName?: string; direction?: string }[])
    .toSorted((a, b) => (a.index ?? 1) - (b.index ?? 1))
    .map((key) => ({ field: key.fieldName ?? 'firstName', sign: key.direction === 'Desc' ? -1 : 1 }));
  return rows.toSorted((a, b) => {
    for (const { field, sign } of keys) {
      const order = fieldOf(a, field).localeCompare(fieldOf(b, field)) * sign;
      if (order !== 0) return order;
    }
    return 0;
  });
}

/** The filters of the body; the query versions of them are deprecated and not read. */
function search(call: Call): object {
  const { world } = call;
  const body = readSearchBody(call);
  const ids = texts(body.extensionIds, 'extensionIds');
  const sites = texts(body.siteIds, 'siteIds');
  const statuses = texts(body.extensionStatuses, 'extensionStatuses');
  const types = texts(body.extensionTypes, 'extensionTypes');
  const [site, type, department] = [
    text(body.siteId, 'siteId'),
    text(body.extensionType, 'extensionType'),
    text(body.department, 'department'),
  ];
  const matches = matcher(text(body.searchString, 'searchString'), texts(body.searchFields, 'searchFields'));
  const rows = listed(world).filter(
    (extension) =>
      (ids?.has(String(extension.id)) ?? true) &&
      (sites?.has(extension.siteId) ?? true) &&
      (statuses?.has(extension.status) ?? true) &&
      (types === null || types.has(extension.type) || types.has(directoryType(extension))) &&
      (site === null || extension.siteId === site) &&
      (type === null || directoryType(extension) === type) &&
      (department === null || extension.department === department) &&
      matches(extension),
  );
  const page = { page: count(body.page, 1, 'page'), perPage: count(body.perPage, 100, 'perPage') };
  return answer(world, inOrder(rows, body.orderBy), page, body.showFederated !== false);
}

function readSearchBody(call: Call): Record<string, unknown> {
  try {
    return call.body();
  } catch (error) {
    if (error instanceof ApiFailure) throw directoryFailure(400, 'ADG-112', 'Request body is invalid.');
    throw error;
  }
}

/** The company directory, a service of its own with its own error codes and body. */
export const DIRECTORY_OPERATIONS: readonly Operation[] = [
  {
    operationId: 'listDirectoryEntries',
    method: 'GET',
    path: PATH,
    group: 'Medium',
    availability: null,
    app: 'ReadAccounts',
    user: null,
    handle: (call) => ok(list(call)),
  },
  {
    operationId: 'readDirectoryEntry',
    method: 'GET',
    path: `${PATH}/{entryId}`,
    group: 'Medium',
    availability: null,
    app: 'ReadAccounts',
    user: null,
    handle({ world, params }) {
      const extension = listed(world).find((candidate) => String(candidate.id) === params.entryId);
      if (extension === undefined) throw directoryFailure(404, 'ADG-122', 'Contact not found.');
      return ok(renderEntry(world, extension, true));
    },
  },
  {
    operationId: 'searchDirectoryEntries',
    method: 'POST',
    path: `${PATH}/search`,
    group: 'Heavy',
    availability: null,
    app: 'ReadAccounts',
    user: { permission: 'ReadExtensions', over: 'account' },
    handle: (call) => ok(search(call)),
  },
];
