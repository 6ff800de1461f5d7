import type { IncomingMessage } from 'node:http';

/**
 * Says why a request did not come from the playground's own page, or null when it did.
 *
 * Any web page open in the same browser can reach a loopback port. The Host check stops DNS rebinding (a foreign name
 * that resolves to 127.0.0.1); Origin and `Sec-Fetch-Site` stop plain cross-site requests.
 */
export function whyForeign(request: IncomingMessage, port: number): string | null {
  const host = request.headers.host ?? '';
  if (!ownHosts(port).includes(host)) return 'The Host header does not name this server.';
  const origin = request.headers.origin;
  if (origin !== undefined && origin !== `http://${host}`) return 'The request comes from another origin.';
  const site = request.headers['sec-fetch-site'];
  const isPage = !(request.url ?? '').startsWith('/api/') && request.method === 'GET';
  // Following a link to the page is fine; calling the API from elsewhere is not.
  if (!isPage && site !== undefined && site !== 'same-origin' && site !== 'none')
    return 'The request comes from another site.';
  return null;
}

function ownHosts(port: number): string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`];
}
