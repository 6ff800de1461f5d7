import { renderText } from '#src/cards/index.ts';
import type { Whose } from '#src/domain/error-verdict.ts';
import { type Explanation, whoseProblem } from '#src/domain/explanation.ts';
import type { Reply } from '#src/domain/reply.ts';
import { explainPaste } from '#src/usecases/explain-paste.ts';
import { readArguments, Usage } from './arguments.ts';
import type { Io } from './composition.ts';

const USAGE = 'curl ... | rolecall explain [--json]   or   rolecall explain [--json] "<error>"';

/** Exit codes by whose problem the first error is; 0 says that the call worked. */
const EXIT: Record<Whose, number> = {
  'works-now': 0,
  app: 10,
  user: 11,
  'wrong-extension': 12,
  plan: 13,
  'sign-in': 14,
  ringcentral: 15,
  unknown: 16,
};
/** Like words that are not understood. */
const NO_ERROR_FOUND = 4;

/** Read in full, so that the program before us in a pipe can end; kept only as far as it is looked at. */
const HEAD = 1_500_000;
const TAIL = 500_000;

async function readAll(stdin: Io['stdin']): Promise<string> {
  const decoder = new TextDecoder();
  let head = '';
  let tail = '';
  for await (const piece of stdin) {
    const text = typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true });
    if (head.length < HEAD) head += text;
    else tail = (tail + text).slice(-TAIL);
  }
  return head + tail;
}

function replyOf(explanation: Explanation): Reply {
  return {
    saying: { kind: 'error-explained', explanation, offers: [] },
    outcome: explanation.findings.length > 0 || explanation.success ? 'answered' : 'not-understood',
    verdict: null,
    readings: [],
    asOf: null,
    proof: null,
    reference: '',
  };
}

/** The same for programs: verdict, codes and names, never the text that was read. */
function asJson(explanation: Explanation, text: string): unknown {
  const { findings, request, endpoint, truncated, page, vendor, more } = explanation;
  return {
    whose: whoseProblem(explanation),
    errors: findings.map(({ error, verdict, whose, status, documented, app, permission }) => ({
      code: error?.code ?? null,
      oauthError: error?.oauthError ?? null,
      status,
      permission: error?.permission ?? null,
      parameter: error?.parameter ?? null,
      feature: error?.feature ?? null,
      whose,
      cure: verdict.cure,
      inferred: verdict.inferred,
      documented,
      portalName: permission?.displayName ?? null,
      onRequest: app?.onRequest ?? null,
    })),
    more,
    call: request === null ? null : `${request.method} ${endpoint?.path ?? request.path}`,
    ...{ truncated, page, vendor },
    text,
  };
}

/** Explains an error from standard input, or from the words given, by public documents alone: no account is needed. */
export async function explain(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = readArguments(args, { json: { type: 'boolean' } }, USAGE);
  const text = positionals.length > 0 ? positionals.join(' ') : await readAll(io.stdin);
  if (text.trim() === '') throw new Usage(`There is no error to explain.\nUsage: ${USAGE}`);
  const explanation = explainPaste(text);
  const words = renderText(replyOf(explanation));
  io.out(values.json ? JSON.stringify(asJson(explanation, words)) : words);
  const found = explanation.findings.length > 0 || explanation.success;
  return found ? EXIT[whoseProblem(explanation)] : NO_ERROR_FOUND;
}
