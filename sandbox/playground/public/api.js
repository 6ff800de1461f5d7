/**
 * One call to this server, which passes it on to a sandbox.
 *
 * @param {string} path below `/api`
 * @param {{ method?: string, query?: Record<string, string | number | null | undefined>, body?: unknown }} [options]
 * @returns {Promise<any>} the answer; `{ ok: false, error }` when there is none, never a rejection
 */
export async function call(path, { method = 'GET', query = {}, body } = {}) {
  const kept = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '');
  const search = new URLSearchParams(kept.map(([name, value]) => [name, String(value)])).toString();
  const init =
    method === 'GET'
      ? {}
      : { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body ?? {}) };
  try {
    const response = await fetch(`/api${path}${search === '' ? '' : `?${search}`}`, init);
    const answer = await response.json();
    return response.ok ? answer : { ...answer, ok: false, error: answer?.error ?? `status_${response.status}` };
  } catch {
    return { ok: false, error: 'playground_unreachable' };
  }
}

/** Does something as a person. @param {string} act @param {Record<string, unknown>} body */
export function act(act, body) {
  return call(`/slack/act/${act}`, { method: 'POST', body });
}
