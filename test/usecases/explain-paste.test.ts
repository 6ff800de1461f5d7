import { describe, expect, it } from 'vitest';
import { errorCodes, errorVerdicts } from '#src/catalogue/catalogue.ts';
import { whoseProblem } from '#src/domain/explanation.ts';
import { explainPaste } from '#src/usecases/explain-paste.ts';
import { CARRIERS, carried, NAMELESS } from '#test/support/error-carriers.ts';

const PAIRS = errorCodes().flatMap((row) => Object.keys(CARRIERS).map((carrier) => [row.code, carrier] as const));
const verdictFor = (code: string) => errorVerdicts().find((row) => row.codes.includes(code));

describe('every documented code in every carrier', () => {
  it('are more than sixty distinct pairs', () => {
    expect(new Set(PAIRS.map((pair) => pair.join(' '))).size).toBeGreaterThan(1500);
  });

  it.each(Object.keys(CARRIERS))('has its verdict: %s', (carrier) => {
    for (const row of errorCodes()) {
      const error = carried(row);
      const [first, ...others] = explainPaste(CARRIERS[carrier]?.(error) ?? '').findings;
      const what = `${row.code} as ${carrier}`;
      expect([first?.error?.code, others.map((each) => each.error?.code)], what).toEqual([row.code, []]);
      expect(first?.verdict, what).toMatchObject({
        cure: verdictFor(row.code)?.cure,
        whose: verdictFor(row.code)?.whose,
      });
      if (!NAMELESS.includes(carrier)) expect(first?.error?.permission ?? null, what).toBe(error.permission);
    }
  });

  it('has the same verdict by its message alone, where the message is its own', () => {
    const messages = new Map<string, Set<string>>();
    for (const row of errorCodes()) {
      const owners = messages.get(carried(row).message.toLowerCase()) ?? new Set();
      messages.set(carried(row).message.toLowerCase(), owners.add(verdictFor(row.code)?.cure ?? ''));
    }
    let tried = 0;
    for (const row of errorCodes()) {
      const { message } = carried(row);
      if (row.message === null || (messages.get(message.toLowerCase())?.size ?? 0) > 1) continue;
      expect(explainPaste(`error: ${message}`).findings[0]?.verdict.cure, `${row.code}: ${message}`).toBe(
        verdictFor(row.code)?.cure,
      );
      tried += 1;
    }
    expect(tried).toBeGreaterThan(80);
  });
});

describe('what no code tells', () => {
  it.each([
    ['HTTP/1.1 401 Unauthorized', 'sign-in'],
    ['Request failed with status code 403', 'unknown'],
    ['HTTP/2 429', 'app'],
    ['503 Service Unavailable', 'ringcentral'],
    ['<html><body>502 Bad Gateway</body></html>', 'ringcentral'],
    ['{"error":"invalid_client"}', 'app'],
    ['{"error":"invalid_grant","error_description":"x"}', 'sign-in'],
    ['CMN-999', 'unknown'],
    ['HTTP/2 200\n\n{"records":[]}', 'works-now'],
  ])('%s: %s', (text, whose) => {
    expect(whoseProblem(explainPaste(text))).toBe(whose);
  });

  it('another system is named, not explained', () => {
    expect(explainPaste('{"ok":false,"error":"missing_scope"}')).toMatchObject({ vendor: 'Slack', findings: [] });
    expect(explainPaste('AADSTS50105: no role')).toMatchObject({ vendor: 'Microsoft', findings: [] });
  });
});

describe('names', () => {
  it('are of the app for CMN-401 and of the person for CMN-408', () => {
    expect(explainPaste('CMN-401 [RoleManagement]').findings[0]).toMatchObject({
      app: { known: true, onRequest: true },
      permission: null,
    });
    expect(explainPaste('CMN-408 [Meetings]').findings[0]).toMatchObject({
      app: null,
      permission: { displayName: 'Meetings App Access' },
    });
  });

  it('that exist nowhere are said to exist nowhere', () => {
    expect(explainPaste('CMN-401 [ReadEverything]').findings[0]?.app?.known).toBe(false);
    expect(explainPaste('CMN-408 [ReadEverything]').findings[0]?.permission?.knownTo).toBe('nobody');
  });

  it('of a label mean what servers report', () => {
    expect(explainPaste('CMN-408 [FullCompanyCallLog]').findings[0]?.permission).toMatchObject({
      id: 'ReadCompanyCallLog',
      label: { id: 'FullCompanyCallLog' },
    });
  });

  it('of an extension that is not found make it the wrong extension', () => {
    expect(explainPaste('Resource for parameter [extensionId] is not found').findings[0]?.whose).toBe(
      'wrong-extension',
    );
    expect(explainPaste('Resource for parameter [callRecordId] is not found').findings[0]?.whose).toBe('app');
  });
});
