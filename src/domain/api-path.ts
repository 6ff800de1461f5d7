/** A call as somebody wrote it: from `/restapi`, without anything that could make it another call. */
export type WrittenCall = {
  readonly method: string;
  /** Beginning with `/restapi`. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
};

/** Why a written address is not taken for a call of the API. */
export type PathTrouble = 'no-path' | 'other-host' | 'dots' | 'encoding' | 'query';

/** RingCentral's own address; a token is sent nowhere else, and nothing else is taken for it. */
const HOST = 'https://platform.ringcentral.com/';
const WRITTEN =
  /(?:\b(GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS)\b[\s:"'`<]{1,4})?((?:[a-z][a-z0-9+.-]{1,12}:)?\/[^\s"'`<>|]{0,600})/i;
/** Query parameters that narrow a read and can do nothing else. */
const QUERY =
  /^(?:page|perPage|view|showHidden|custom|permissionId|targetExtensionId|featureId|availableOnly|assignable)$/;

/**
 * Reads the call that a text names.
 *
 * Other hosts, dot segments, encodings and unusual queries are refused rather than understood: what cannot be read at a
 * glance is not sent.
 */
export function readCall(text: string): WrittenCall | PathTrouble {
  const found = WRITTEN.exec(text);
  const written = (found?.[2] ?? '').replace(/[.,;:!?)\]]+$/, '');
  if (written === '' || written === '/') return 'no-path';
  if (/[^\x21-\x7e]|[\\%;@]/.test(written)) return 'encoding';
  const local = written.startsWith(HOST) ? written.slice(HOST.length - 1) : written;
  if (!local.startsWith('/') || local.startsWith('//')) return 'other-host';
  const [path = '', query, ...more] = local.split(/[?#]/);
  if (more.length > 0 || local.includes('#')) return 'query';
  if (/[^A-Za-z0-9/~._{},-]/.test(path)) return 'encoding';
  const trimmed = path.length > 1 ? path.replace(/\/$/, '') : path;
  if (
    trimmed
      .split('/')
      .slice(1)
      .some((segment) => segment === '' || /^\.+$/.test(segment))
  )
    return 'dots';
  const values = query === undefined ? {} : readQuery(query);
  return values === null
    ? 'query'
    : { method: (found?.[1] ?? 'GET').toUpperCase(), path: whole(trimmed), query: values };
}

function whole(path: string): string {
  if (path === '/restapi' || path.startsWith('/restapi/')) return path;
  if (path.startsWith('/v1.0/') || path.startsWith('/oauth/')) return `/restapi${path}`;
  return `/restapi/v1.0${path}`;
}

/** Each name once, with one plain value. */
function readQuery(query: string): Record<string, string> | null {
  const values: Record<string, string> = {};
  for (const pair of query.split('&')) {
    const [name = '', value = '', ...more] = pair.split('=');
    if (!QUERY.test(name) || name in values || more.length > 0 || !/^[A-Za-z0-9_~-]{1,64}$/.test(value)) return null;
    values[name] = value;
  }
  return values;
}

/** Values of a template's placeholders; null where the path is another one. */
export function segmentsOf(template: string, path: string): Readonly<Record<string, string>> | null {
  const [wanted, given] = [template.split('/'), path.split('/')];
  if (wanted.length !== given.length) return null;
  const values: Record<string, string> = {};
  for (const [at, segment] of wanted.entries()) {
    const name = /^\{(\w+)\}$/.exec(segment)?.[1];
    if (name !== undefined) values[name] = given[at] ?? '';
    else if (segment !== given[at]) return null;
  }
  return values;
}
