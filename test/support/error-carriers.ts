import type { ErrorCode } from '#src/catalogue/schema.ts';

/** A published error as it comes to people: code, message with its values, and the name it carries. */
export type Carried = { readonly code: string; readonly message: string; readonly permission: string | null };

/** The error of a row, with values in the places of its placeholders. */
export function carried(row: ErrorCode, permission = 'Meetings'): Carried {
  const message = row.runtimeMessage ?? row.message ?? 'RingCentral is in limited mode';
  const gated = /^CMN-4(01|08|19)$/.test(row.code);
  return {
    code: row.code,
    message: message
      .replace(/\$\{permissionName\}/, permission)
      .replace(/\$\{additionalInfo:-\}/, '')
      .replace(/\$\{[^}]*\}/g, 'value'),
    permission: gated ? permission : null,
  };
}

const named = ({ code, permission }: Carried) => {
  if (permission === null) return {};
  return code === 'CMN-419' ? { permissionsName: permission } : { permissionName: permission };
};
const body = (error: Carried, top = error.code) => ({
  errorCode: top,
  message: error.message,
  errors: [{ errorCode: error.code, message: error.message, ...named(error) }],
  ...named(error),
});
const json = (error: Carried) => JSON.stringify(body(error));

/** The shapes in which people paste errors; each holds the code in one way or another. */
export const CARRIERS: Readonly<Record<string, (error: Carried) => string>> = {
  json,
  'pretty JSON': (error) => JSON.stringify(body(error), null, 2),
  'nested only': (error) =>
    JSON.stringify({ errors: [{ errorCode: error.code, message: error.message, ...named(error) }] }),
  'another word on top': (error) => JSON.stringify(body(error, 'FeatureNotAvailable')),
  'cut off': (error) => json(error).slice(0, json(error).indexOf('"errors"') + 60 + error.message.length),
  'inside a JSON log line': (error) =>
    JSON.stringify({ time: '2026-11-23T09:00:00Z', level: 'error', pid: 412, msg: `call failed: ${json(error)}` }),
  'log line': (error) =>
    `2026-11-23 09:00:00,412 ERROR [worker-3] call to RingCentral failed: ${json(error)} (took 120 ms)`,
  'stack trace': (error) =>
    `Error: ${error.message} (${error.code})\n    at Platform.send (/app/node_modules/@ringcentral/sdk/lib/platform/Platform.js:523:19)\n    at async main (/app/index.js:9:3)`,
  'Python dict': (error) => `RestException: 403 ${json(error).replaceAll('"', "'")}`,
  'console.log of an object': (error) =>
    `{ errorCode: '${error.code}', message: '${error.message}', errors: [ [Object] ] }`,
  'curl -i': (error) => `HTTP/2 403\r\ncontent-type: application/json\r\nrcrequestid: 7f2a\r\n\r\n${json(error)}`,
  'quoted in chat': (error) => `> \`\`\`\n> ${JSON.stringify(body(error), null, 2).replaceAll('\n', '\n> ')}\n> \`\`\``,
  'typographic quotes': (error) => json(error).replace(/"([^"]*)"/g, '“$1”'),
  'fragment of a screenshot': (error) =>
    `Error ${error.code.replace('-', ' ')}\n${error.message.replace(/ (?=\S+ \S+$)/, '\n')}`,
  'code alone': (error) => error.code,
  'code in lower case': (error) => `what is ${error.code.toLowerCase()}?`,
  oauth: (error) =>
    JSON.stringify({
      error: 'invalid_request',
      error_description: error.message,
      errors: [
        {
          errorCode: error.code,
          message: error.message,
          parameters: [{ parameterName: 'permissionName', parameterValue: error.permission }],
        },
      ],
    }),
};

/** Carriers in which the name of the permission stands as well. */
export const NAMELESS: readonly string[] = ['code alone', 'code in lower case'];
