import { startRingCentralSandbox } from '#sandbox/ringcentral/server.ts';
import { createLog } from '#src/log.ts';
import { freshKey, openWorld } from '#src/wiring/world.ts';
import { ms } from './support.ts';

const PEOPLE = 10_000;

type Calls = { calls: { operationId: string | null; path: string }[] };

/** Calls to RingCentral for one account-wide question, beside one check for each person. */
export async function run() {
  const sandbox = await startRingCentralSandbox({ people: PEOPLE, rateLimits: false });
  const log = createLog('error', process.stderr);
  const world = await openWorld({
    endpoint: sandbox,
    directory: null,
    encryptionKey: freshKey(),
    exclusive: false,
    log,
  });
  try {
    await fetch(`${sandbox.controlUrl}/calls`, { method: 'DELETE' });
    const begun = performance.now();
    const turn = await world.conversation.say({
      actor: { platform: 'terminal', extensionNumber: '104' },
      text: 'who has ReadCompanyCallLog',
      thread: 'bench',
    });
    const took = performance.now() - begun;
    const { calls } = (await (await fetch(`${sandbox.controlUrl}/calls`)).json()) as Calls;
    const about = calls.filter((call) => !/\/oauth\/|authz-profile|extension\/\d+$/.test(call.path));
    const roles = new Set(about.filter((call) => /user-role\/\w+$/.test(call.path)).map((call) => call.path)).size;
    return {
      name: `who has ReadCompanyCallLog, ${PEOPLE.toLocaleString('en')} people, ${turn.facts.people.length} found`,
      rows: [
        {
          metric: 'API calls for the answer',
          value: String(about.length),
          target: `<= 1 page + ${roles} roles + 2`,
          baseline: `${PEOPLE} (one check a person)`,
        },
        {
          metric: 'API calls in all, identity and right included',
          value: String(calls.length),
          target: '',
          baseline: '',
        },
        { metric: 'answered after', value: ms(took), target: '', baseline: '' },
      ],
    };
  } finally {
    await world.close();
    await sandbox.close();
  }
}
