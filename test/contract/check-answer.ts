import type { Answer, Replay } from './answer.ts';
import type { DocumentedOperation, Json } from './document.ts';
import { DIRECTORY_ERROR, EXTRA_FIELDS, OAUTH_ERROR, ORDINARY_ERROR, TOP_WORDS } from './error-shapes.ts';
import type { Step } from './scenario.ts';
import type { Problems } from './validate.ts';

const LIMITS: Readonly<Record<string, string>> = { Light: '50', Medium: '40', Heavy: '10', Auth: '5' };

/** Holds an answer to the document: status, headers, media type, body. */
export function checkAnswer(replay: Replay, operation: DocumentedOperation, step: Step, answer: Answer): Problems {
  if (answer.status !== step.status) {
    return [`answered ${answer.status} instead of ${step.status}: ${answer.text.slice(0, 200)}`];
  }
  const problems = checkRateHeaders(operation, answer);
  if (answer.status < 400) return [...problems, ...checkSuccess(replay, operation, step, answer)];
  return [...problems, ...checkFailure(replay, operation, step, answer)];
}

function checkRateHeaders({ group }: DocumentedOperation, { headers }: Answer): Problems {
  const found = {
    group: headers.get('x-rate-limit-group'),
    limit: headers.get('x-rate-limit-limit'),
    remaining: headers.get('x-rate-limit-remaining'),
    window: headers.get('x-rate-limit-window'),
  };
  if (group === 'NoThrottling') return found.group === null ? [] : ['an unlimited operation tells a rate limit'];
  const problems: Problems = [];
  if (found.group !== group.toLowerCase()) problems.push(`rate group is ${found.group}, documented is ${group}`);
  if (found.limit !== LIMITS[group]) problems.push(`rate limit is ${found.limit}`);
  if (found.window !== '60') problems.push(`rate window is ${found.window}`);
  if (!/^\d+$/.test(found.remaining ?? '')) problems.push(`rate remaining is ${found.remaining}`);
  return problems;
}

function mediaTypeOf(answer: Answer): string {
  return (answer.headers.get('content-type') ?? '').split(';')[0] ?? '';
}

function checkSuccess(replay: Replay, operation: DocumentedOperation, step: Step, answer: Answer): Problems {
  const documented = operation.responses[String(answer.status)];
  if (documented === undefined) return [`status ${answer.status} is not in the document`];
  const headers = Object.keys(documented.headers ?? {}).filter((name) => !answer.headers.has(name));
  const problems = headers.map((name) => `header ${name} is missing`);
  if (documented.content === undefined) return answer.text === '' ? problems : [...problems, 'the body is not empty'];
  const type = mediaTypeOf(answer);
  const content: Json = documented.content[type];
  if (content === undefined) return [...problems, `media type ${type} is not in the document`];
  if (type !== (step.mediaType ?? 'application/json')) problems.push(`media type is ${type}`);
  if (type !== 'application/json') return problems;
  return [...problems, ...replay.validator.check(content.schema, answer.json, 'body')];
}

function errorSchemaFor(operation: DocumentedOperation, answer: Answer): object {
  if (answer.json !== null && typeof answer.json === 'object' && 'error' in answer.json) return OAUTH_ERROR;
  const service = operation.path.includes('/directory/');
  const own = service && !(answer.json !== null && typeof answer.json === 'object' && 'message' in answer.json);
  return own ? DIRECTORY_ERROR : ORDINARY_ERROR;
}

function checkFailure(replay: Replay, operation: DocumentedOperation, step: Step, answer: Answer): Problems {
  const shape = replay.validator.checkOwn(errorSchemaFor(operation, answer), answer.json, 'error');
  if (shape.length > 0) return shape;
  const documented: Json = operation.responses[String(answer.status)]?.content?.['application/json'];
  const isGateway = step.name.startsWith('general ') && operation.path.includes('/directory/');
  const official =
    documented === undefined || isGateway
      ? []
      : replay.validator.checkOwn(documented.schema, answer.json, 'documented error');
  return [...official, ...checkCode(step, answer), ...checkRetryAfter(answer)];
}

function checkCode(step: Step, answer: Answer): Problems {
  const body = answer.json as Json;
  const [error] = body.errors;
  const problems: Problems = [];
  if (step.code !== undefined && error.errorCode !== step.code) {
    problems.push(`errors[0].errorCode is ${error.errorCode} instead of ${step.code}`);
  }
  if (body.errorCode !== undefined && ![TOP_WORDS[error.errorCode] ?? error.errorCode].includes(body.errorCode)) {
    problems.push(`top-level errorCode is ${body.errorCode} for ${error.errorCode}`);
  }
  const extra = body.errorCode === undefined ? undefined : EXTRA_FIELDS[error.errorCode];
  if (extra !== undefined && (body[extra] === undefined || body[extra] !== error[extra])) {
    problems.push(`${extra} must stand on top and inside`);
  }
  return problems;
}

function checkRetryAfter(answer: Answer): Problems {
  if (answer.status !== 429) return [];
  return /^\d+$/.test(answer.headers.get('retry-after') ?? '') ? [] : ['429 without Retry-After in seconds'];
}
