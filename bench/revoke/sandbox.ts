import { startRingCentralSandbox } from '#sandbox/ringcentral/server.ts';

/** RingCentral's stand-in in a process of its own, without rate limits, for as long as standard input is open. */
const people = Number(process.argv[2]);
const {
  serverUrl,
  clientId,
  clientSecret,
  jwt,
  controlUrl,
  people: all,
} = await startRingCentralSandbox({
  people,
  rateLimits: false,
});
const users = all.map(({ ext, extensionId }) => ({ ext, extensionId }));
console.log(JSON.stringify({ serverUrl, clientId, clientSecret, jwt, controlUrl, users }));
process.stdin.resume();
process.stdin.once('end', () => process.exit(0));
