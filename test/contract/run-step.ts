import type { RingCentralSandbox } from '#sandbox/ringcentral/server.ts';
import type { Answer, Replay } from './answer.ts';
import { checkAnswer } from './check-answer.ts';
import type { DocumentedOperation, Json } from './document.ts';
import type { Step } from './scenario.ts';
import { checkBody, checkParameters, type Problems } from './validate.ts';

/** Sends one request to the control API. */
export async function control(
  sandbox: RingCentralSandbox,
  method: string,
  path: string,
  body?: unknown,
): Promise<Json> {
  const response = await fetch(sandbox.controlUrl + path, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`control ${method} ${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

/** Sends the request of a step. */
export async function send(replay: Replay, operation: DocumentedOperation, step: Step): Promise<Answer> {
  const query = queryOf(step);
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(step.path?.[name] ?? '~'));
  const asked = query.size === 0 ? '' : `?${query.toString()}`;
  const body = step.form === undefined ? JSON.stringify(step.json) : new URLSearchParams(step.form).toString();
  const type = step.form === undefined ? 'application/json' : 'application/x-www-form-urlencoded';
  const hasBody = step.form !== undefined || step.json !== undefined;
  const response = await fetch(replay.sandbox.serverUrl + path + asked, {
    method: operation.method,
    redirect: 'manual',
    headers: {
      ...authorization(replay.sandbox, step),
      ...(hasBody ? { 'Content-Type': type } : {}),
      ...step.headers,
    },
    ...(hasBody ? { body } : {}),
  });
  const text = await response.text();
  const answer = { status: response.status, headers: response.headers, text, json: readJson(text) };
  return replay.alter(operation.operationId, answer);
}

function authorization(sandbox: RingCentralSandbox, step: Step): Record<string, string> {
  if (step.token !== undefined) return { Authorization: `Bearer ${step.token}` };
  if (step.as === null) return {};
  return { Authorization: `Bearer ${sandbox.tokens[step.as ?? '104']}` };
}

/** The query of a step. */
function queryOf(step: Step): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(step.query ?? {})) {
    for (const one of typeof value === 'string' ? [value] : value) query.append(name, one);
  }
  return query;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Runs one step; problems carry the name of the step. */
export async function runStep(replay: Replay, operation: DocumentedOperation, step: Step): Promise<Problems> {
  const asked = step.wrong
    ? []
    : [
        ...checkParameters(replay.document, replay.validator, operation, {
          path: pathOf(operation, step),
          query: queryOf(step),
        }),
        ...checkBody(replay.document, replay.validator, operation, {
          ...(step.json === undefined ? {} : { json: step.json }),
          ...(step.form === undefined ? {} : { form: step.form }),
        }),
      ];
  const answer = await send(replay, operation, step);
  return [...asked, ...checkAnswer(replay, operation, step, answer)].map((problem) => `${step.name}: ${problem}`);
}

function pathOf(operation: DocumentedOperation, step: Step): Record<string, string> {
  const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  return Object.fromEntries(names.map((name) => [name, step.path?.[name] ?? '~']));
}
