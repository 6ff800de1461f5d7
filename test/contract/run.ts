import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startRingCentralSandbox } from '#sandbox/ringcentral/server.ts';
import { type OfficialDocument, readDocument } from './document.ts';
import { replayContract } from './replay.ts';

const { values } = parseArgs({ options: { json: { type: 'string' }, required: { type: 'boolean', default: false } } });

function report(summary: { passed: number; failed: number; skipped: number }): void {
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(summary)}\n`);
}

function skip(): void {
  const required = values.required || process.env.CI === 'true';
  console.log(
    [
      '****************************************************************',
      'SKIPPED: contract run, nothing was checked.',
      'Set RINGCENTRAL_OPENAPI to the path of the official OpenAPI document (JSON) to run it.',
      ...(required ? ['The run is required here, so this counts as a failure.'] : []),
      '****************************************************************',
    ].join('\n'),
  );
  report({ passed: 0, failed: 0, skipped: 1 });
  process.exitCode = required ? 1 : 0;
}

function load(path: string): OfficialDocument | null {
  try {
    return readDocument(path);
  } catch (error) {
    console.error(`RINGCENTRAL_OPENAPI names ${path}, which cannot be read as an OpenAPI document in JSON: ${error}`);
    return null;
  }
}

async function run(path: string): Promise<void> {
  const document = load(path);
  if (document === null) {
    process.exitCode = 1;
    return;
  }
  for (const mend of document.mended) console.log(`note: mended in the document: ${mend}`);
  const sandbox = await startRingCentralSandbox({ people: 40 });
  const results = await replayContract(sandbox, document);
  await sandbox.close();
  for (const { operationId, requests, problems } of results) {
    console.log(`${problems.length === 0 ? 'ok  ' : 'FAIL'} ${operationId} (${requests} requests)`);
    for (const problem of problems) console.log(`       ${problem}`);
  }
  const failed = results.filter((result) => result.problems.length > 0).length;
  console.log(`${results.length - failed} passed, ${failed} failed`);
  report({ passed: results.length - failed, failed, skipped: 0 });
  process.exitCode = failed === 0 && results.length > 0 ? 0 : 1;
}

const path = process.env.RINGCENTRAL_OPENAPI;
if (path === undefined || path === '') skip();
else await run(path);
