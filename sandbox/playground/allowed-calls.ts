export type SandboxName = 'slack' | 'ringcentral';

/**
 * Everything the page may ask of the two control APIs. Faults, switches, tokens and clocks are for tests and stay out
 * of a browser's reach.
 */
const ALLOWED: Readonly<Record<SandboxName, readonly string[]>> = {
  slack: [
    'GET /workspace',
    'GET /messages',
    'GET /home',
    'GET /views',
    'POST /act/command',
    'POST /act/message',
    'POST /act/upload',
    'POST /act/click',
    'POST /act/submit',
    'POST /act/close-view',
    'POST /act/home',
    'POST /reset',
  ],
  ringcentral: ['GET /state', 'GET /calls', 'POST /reset'],
};

/** Whether the page may make this call. */
export function isAllowed(name: string, method: string, path: string): name is SandboxName {
  return (name === 'slack' || name === 'ringcentral') && ALLOWED[name].includes(`${method} ${path}`);
}
