import { startSandboxes } from '#sandbox/start.ts';

/** The stand-ins in a process of their own, counting no calls, for as long as standard input is open. */
const manifestPath = new URL('../../manifest.yml', import.meta.url).pathname;
const { slack, ringcentral, identities } = await startSandboxes({ manifestPath, rateLimits: false, people: 300 });
console.log(JSON.stringify({ slack, ringcentral, identities }));
process.stdin.resume();
process.stdin.once('end', () => process.exit(0));
