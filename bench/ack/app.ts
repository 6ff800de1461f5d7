import { createSlackApp } from '#handlers/slack/app.ts';
import { createLog } from '#src/log.ts';
import { plantIdentities } from '#src/wiring/sandbox.ts';
import { systemClock, systemIds } from '#src/wiring/system.ts';
import { freshKey, openWorld } from '#src/wiring/world.ts';

/** The whole assistant with its HTTP door, in a process of its own, over stand-ins that run elsewhere. */
const sandboxes = JSON.parse(process.argv[2] ?? '{}');
const { slack, ringcentral } = sandboxes;
const log = createLog('error', process.stderr);
const options = { directory: null, encryptionKey: freshKey(), exclusive: true, callsPerMinute: 1_000_000 };
const world = await openWorld({ endpoint: ringcentral, ...options, log });
await plantIdentities(sandboxes, world.account.id, world.store);
const { conversation, store, zone } = world;
const { signingSecret, botToken, apiUrl } = slack;
const door = { mode: 'http', signingSecret, port: 0, botToken, apiUrl } as const;
const app = await createSlackApp({ slack: door, conversation, store, clock: systemClock, ids: systemIds, log, zone });
await app.start();
console.log(JSON.stringify({ port: app.port() }));
process.stdin.resume();
process.stdin.once('end', () => process.exit(0));
