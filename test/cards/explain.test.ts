import { describe, expect, it } from 'vitest';
import { blockProblems } from '#src/cards/blocks.ts';
import { renderText, toBlockKit } from '#src/cards/index.ts';
import { render } from '#src/cards/wording.ts';
import { NO_ERROR } from '#src/domain/error-lexicon.ts';
import { CURES, WHOSE } from '#src/domain/error-verdict.ts';
import type { ErrorFinding, Explanation } from '#src/domain/explanation.ts';
import type { Saying } from '#src/domain/reply.ts';
import { reply } from './builders.ts';

function finding(more: Partial<ErrorFinding>): ErrorFinding {
  return {
    error: { ...NO_ERROR, code: 'CMN-408' },
    verdict: { whose: 'user', cure: 'user-permission', inferred: false },
    whose: 'user',
    documented: true,
    status: 403,
    app: null,
    permission: null,
    live: null,
    ...more,
  };
}

function saying(findings: readonly ErrorFinding[], more: Partial<Explanation> = {}): Saying {
  const explanation: Explanation = {
    findings,
    more: 0,
    request: null,
    endpoint: null,
    page: false,
    truncated: false,
    success: false,
    vendor: null,
    account: false,
    ...more,
  };
  return { kind: 'error-explained', explanation, offers: [] };
}

describe('words for an explained error', () => {
  it.each(WHOSE.flatMap((whose) => CURES.map((cure) => [whose, cure] as const)))(
    '%s and %s: whose problem first, then what to do',
    (whose, cure) => {
      const card = render(reply(saying([finding({ whose, verdict: { whose, cure, inferred: true } })])));
      expect(card.headline).toMatch(/^\S.*[.:]$|works now/);
      expect(renderText(reply(saying([finding({ whose, verdict: { whose, cure, inferred: true } })])))).not.toMatch(
        /undefined|null|\[object/,
      );
      expect(blockProblems(toBlockKit(card).blocks)).toEqual([]);
    },
  );

  it('fit a message, however many errors there are', () => {
    const many = CURES.map((cure) => finding({ verdict: { whose: 'app', cure, inferred: true } }));
    const { blocks } = toBlockKit(render(reply(saying(many, { more: 40, truncated: true, page: true }))));
    expect(blockProblems(blocks)).toEqual([]);
  });

  it('show what a hostile text names as one harmless line', () => {
    const error = { ...NO_ERROR, code: 'CMN-101', parameter: 'a\u202eb\nc', permission: '\u0007' };
    const text = renderText(
      reply(saying([finding({ error, verdict: { whose: 'app', cure: 'parameter', inferred: false } })])),
    );
    for (const sign of ['\u202e', '\u0007']) expect(text).not.toContain(sign);
  });

  it('say so where nothing is found', () => {
    expect(renderText(reply(saying([])))).toMatch(/^I find no RingCentral error/);
    expect(renderText(reply(saying([], { vendor: 'Slack' })))).toMatch(/looks like one of Slack/);
    expect(renderText(reply(saying([], { success: true })))).toMatch(/^That works/);
  });
});
