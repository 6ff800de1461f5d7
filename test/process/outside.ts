import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 15_000;

/** Looks until there is something, or fails after a while that no healthy machine needs. */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | null | false> | T | null | false,
  patienceMs = PATIENCE_MS,
): Promise<T> {
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline) {
    const found = await look();
    if (found !== null && found !== false) return found;
    await sleep(25);
  }
  throw new Error(`waited in vain for ${what}`);
}

/** Calls a control API and gives what it answers. */
export async function control<T>(url: string, method = 'GET', body?: unknown): Promise<T> {
  const json = { 'content-type': 'application/json' };
  const init = body === undefined ? { method } : { method, headers: json, body: JSON.stringify(body) };
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}

type State = {
  readonly people: readonly { readonly ext: string; readonly roles: { readonly displayName: string }[] }[];
};

/** The roles that the sandbox holds for somebody, past the assistant. */
export async function rolesOf(controlUrl: string, ext: string): Promise<readonly string[]> {
  const { people } = await control<State>(`${controlUrl}/state?q=${ext}`);
  return (people.find((person) => person.ext === ext)?.roles ?? []).map((role) => role.displayName).sort();
}

type CallSeen = { readonly method: string; readonly path: string };

/** How often somebody's role list was written through the API. */
export async function writesSeen(controlUrl: string): Promise<number> {
  const { calls } = await control<{ calls: readonly CallSeen[] }>(`${controlUrl}/calls?since=0`);
  return calls.filter(({ method, path }) => method !== 'GET' && path.includes('assigned-role')).length;
}
