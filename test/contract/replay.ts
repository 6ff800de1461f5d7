import type { RingCentralSandbox } from '#sandbox/ringcentral/server.ts';
import type { Alter, Replay } from './answer.ts';
import type { DocumentedOperation, Json, OfficialDocument } from './document.ts';
import { generalFailures } from './general-failures.ts';
import { control, runStep } from './run-step.ts';
import type { Facts, Scenario } from './scenario.ts';
import { scenariosFor } from './scenarios.ts';
import { createValidator, type Problems } from './validate.ts';

export type OperationResult = {
  readonly operationId: string;
  readonly requests: number;
  readonly problems: readonly string[];
};

/**
 * Replays every operation of the document against a sandbox and checks each request and each answer with it.
 *
 * @param only - operation ids to replay; all when absent
 */
export async function replayContract(
  sandbox: RingCentralSandbox,
  document: OfficialDocument,
  options: { alter?: Alter; only?: readonly string[] } = {},
): Promise<OperationResult[]> {
  const replay: Replay = {
    sandbox,
    document,
    validator: createValidator(document),
    facts: await readFacts(sandbox),
    alter: options.alter ?? ((_, answer) => answer),
  };
  const scenarios = scenariosFor(replay.facts);
  const results: OperationResult[] = [];
  for (const operation of document.operations) {
    if (options.only !== undefined && !options.only.includes(operation.operationId)) continue;
    results.push(await replayOperation(replay, operation, scenarios[operation.operationId]));
  }
  return results;
}

async function replayOperation(
  replay: Replay,
  operation: DocumentedOperation,
  scenario: Scenario | undefined,
): Promise<OperationResult> {
  const { operationId } = operation;
  if (scenario === undefined) return { operationId, requests: 0, problems: ['no scenario replays this operation'] };
  const problems: Problems = [];
  let requests = 0;
  await control(replay.sandbox, 'POST', '/reset');
  for (const step of [...scenario.good, ...scenario.bad]) {
    requests += 1;
    problems.push(...(await runStep(replay, operation, step)));
  }
  for await (const found of generalFailures(replay, operation, scenario.good[0])) {
    requests += found.requests;
    problems.push(...found.problems);
  }
  return { operationId, requests, problems };
}

async function readFacts(sandbox: RingCentralSandbox): Promise<Facts> {
  await control(sandbox, 'POST', '/reset');
  const dave = { headers: { Authorization: `Bearer ${sandbox.tokens['104']}` } };
  const read = async (path: string): Promise<Json> =>
    (await fetch(`${sandbox.serverUrl}/restapi/v1.0/account/~${path}`, dave)).json();
  const extensionIds = Object.fromEntries(sandbox.people.map((person) => [person.ext, person.extensionId]));
  const sites = await read('/sites');
  const company = await read('/call-log');
  const bob = await read(`/extension/${extensionIds['102']}/call-log`);
  const recorded = company.records.find((row: Json) => row.recording !== undefined);
  const app = await control(sandbox, 'GET', '/app');
  const grant = sandbox.grants['102'];
  const spare = [];
  for (let index = 0; index < 8; index += 1)
    spare.push((await control(sandbox, 'POST', '/tokens', { ext: '105' })).token);
  return {
    extensionIds,
    siteId: sites.records[1].id,
    recordIds: [company.records[0].id, bob.records[0].id],
    recordingId: recorded.recording.id,
    jwt: sandbox.jwt,
    clientId: sandbox.clientId,
    clientSecret: sandbox.clientSecret,
    redirectUri: app.redirectUris[0],
    refreshToken: grant?.refreshToken ?? '',
    spareTokens: spare,
  };
}
