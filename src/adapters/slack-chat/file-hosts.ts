/** Tells whether an address may be sent files or the app's token. */
export type FileHosts = (address: string) => boolean;

/**
 * Slack's own hosts over TLS; with another address for the Web API, as in development, exactly that one's origin.
 *
 * Addresses of files come in payloads: whoever could put another one there would get the token.
 *
 * @param apiUrl - null for Slack itself
 */
export function fileHosts(apiUrl: string | null): FileHosts {
  const own = apiUrl === null ? null : new URL(apiUrl).origin;
  return (address) => {
    const url = URL.parse(address);
    if (url === null || url.username !== '' || url.password !== '') return false;
    if (own !== null) return url.origin === own;
    return url.protocol === 'https:' && url.port === '' && /^(?:[a-z0-9-]+\.)*slack\.com$/.test(url.hostname);
  };
}
