import { control } from '#test/process/outside.ts';

/** Somebody as RingCentral has them. */
export type Person = {
  readonly ext: string;
  readonly extensionId: string;
  readonly type: string;
  readonly status: string;
  readonly roles: readonly { readonly displayName: string }[];
};

export type Role = { readonly id: string; readonly displayName: string };

/** The account past the assistant. */
export type Account = { readonly people: readonly Person[]; readonly roles: readonly Role[] };

type Call = {
  readonly seq: number;
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly status: number | null;
  readonly fault?: string;
  readonly requestBody?: unknown;
};

/** What RingCentral did by one call that writes: whose list or which role, and what it set. */
export type Write = {
  readonly at: number;
  /** Internal id of a person, or of a role. */
  readonly about: string;
  /** The same text for the same list. */
  readonly set: string;
};

export function readAccount(ringcentral: string): Promise<Account> {
  return control<Account>(`${ringcentral}/state?limit=1000`);
}

/** Display names of somebody's roles, in order of the alphabet. */
export function namesOf({ roles }: Person): readonly string[] {
  return roles.map(({ displayName }) => displayName).sort();
}

/** The number of the latest call. */
export async function latestCall(ringcentral: string): Promise<number> {
  return (await callsSince(ringcentral, 0)).at(-1)?.seq ?? 0;
}

async function callsSince(ringcentral: string, seq: number): Promise<readonly Call[]> {
  return (await control<{ calls: readonly Call[] }>(`${ringcentral}/calls?since=${seq}`)).calls;
}

/**
 * The writes that RingCentral carried out, in their order.
 *
 * @param cutAfter - whose calls were carried out although the connection was cut
 */
export async function writesSince(
  ringcentral: string,
  seq: number,
  cutAfter: ReadonlySet<string>,
): Promise<readonly Write[]> {
  const calls = await callsSince(ringcentral, seq);
  return calls.flatMap((call) => (call.method === 'GET' ? [] : writesOf(call, cutAfter)));
}

function writesOf(call: Call, cutAfter: ReadonlySet<string>): readonly Write[] {
  const at = Date.parse(call.at);
  const person = /extension\/(\d+)\/assigned-role$/.exec(call.path)?.[1];
  const many = /user-role\/(\w+)\/bulk-assign$/.exec(call.path)?.[1];
  const role = /user-role\/(\w+)$/.exec(call.path)?.[1];
  const about = person ?? many ?? role;
  if (about === undefined) return [];
  const carriedOut = call.fault === 'drop' ? cutAfter.has(about) : (call.status ?? 599) < 300;
  if (!carriedOut) return [];
  if (many === undefined) return [{ at, about, set: JSON.stringify(call.requestBody) }];
  const { addedExtensionIds: added = [] } = call.requestBody as { addedExtensionIds?: readonly (string | number)[] };
  return added.map((id) => ({ at, about: String(id), set: `with ${many}` }));
}

/** How many of these writes changed something: each sets a list other than the one before. */
export function effects(writes: readonly Write[], about: string): readonly Write[] {
  const own = writes.filter((write) => write.about === about);
  return own.filter(({ set }, index) => set !== own[index - 1]?.set);
}
