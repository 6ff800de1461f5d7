import { scopesOf } from '../domain/effective-permissions.ts';
import type { Whose } from '../domain/error-verdict.ts';
import { type ErrorFinding, type Explanation, type LiveLook, whoseProblem } from '../domain/explanation.ts';
import { isFault } from '../domain/faults.ts';
import { reachesOthers } from '../domain/permission-reach.ts';
import type { Verdict } from '../domain/reply.ts';
import type { Understanding } from '../domain/understanding.ts';
import { commonVerdict } from '../domain/verdict.ts';
import { carriedBy, printedScope } from './app-scope.ts';
import { type PermissionAnswers, permissionAnswers } from './check-permission.ts';
import { explainPaste } from './explain-paste.ts';
import { giveSteps, keepOffers, type OfferedStep, offered } from './keep-offers.ts';
import { recordRefusal } from './record-refusal.ts';
import { type Answer, answer, type Session } from './session.ts';

/** Each finding that is looked at live costs calls; a paste of twenty errors is explained, and looked at in part. */
const LOOKED_AT = 3;

/**
 * Explains an error that somebody pasted, and looks at the account whether it still holds: for the asker, or for
 * people they name and may see.
 *
 * What RingCentral does not answer now takes the look away, never the explanation.
 */
export async function explainError(session: Session, understanding: Understanding): Promise<Answer> {
  const read = explainPaste(understanding.text, understanding.error, session.names.permissions);
  const looks: Look[] = [];
  for (const [index, finding] of read.findings.entries()) {
    looks.push(index < LOOKED_AT ? await look(session, understanding, finding) : { finding, found: null });
  }
  const refused = looks.map(({ finding }) => finding.live).find((live) => live?.kind === 'refused');
  // The error itself is public; about the person nothing is told, and that somebody tried is on record.
  if (refused?.kind === 'refused') await recordRefusal(session, understanding, refused.reason);
  const explanation = { ...read, findings: looks.map(({ finding }) => finding), account: true };
  const offers = await keepOffers(session, stepsFor(understanding, explanation));
  return answerWith(session, { kind: 'error-explained', explanation, offers }, looks);
}

/** A finding after the look, and what was found where people were looked at. */
type Look = { readonly finding: ErrorFinding; readonly found: PermissionAnswers | null };

function answerWith(
  session: Session,
  saying: { readonly kind: 'error-explained'; readonly explanation: Explanation; readonly offers: Answers },
  looks: readonly Look[],
): Answer {
  const found = looks.flatMap((each) => each.found ?? []);
  const permissions = looks.flatMap(({ finding }) => finding.permission?.id ?? finding.app?.id ?? []);
  const [first] = found;
  return answer(saying, {
    ...(first === undefined ? {} : { authority: first.credited }),
    verdict: verdictOf(looks),
    ...(looks.some(({ finding }) => finding.live?.kind === 'people' || finding.live?.kind === 'app')
      ? { asOf: session.facts.readAt }
      : {}),
    about: { people: first?.about.people ?? [], permissions: [...new Set(permissions)] },
    outcome: nothingFound(saying.explanation) ? 'not-understood' : 'answered',
  });
}

type Answers = Awaited<ReturnType<typeof keepOffers>>;

function nothingFound({ findings, success, vendor }: Explanation): boolean {
  return findings.length === 0 && !success && vendor === null;
}

function verdictOf(looks: readonly Look[]): Verdict | null {
  const live = looks[0]?.finding.live;
  if (live?.kind === 'people') return commonVerdict(live.answers.map((each) => each.verdict));
  if (live?.kind === 'app') return live.printed || live.through !== null ? 'yes' : 'no';
  return null;
}

async function look(session: Session, asked: Understanding, finding: ErrorFinding): Promise<Look> {
  try {
    if (finding.app !== null) return { finding: withApp(finding, await appLook(session, finding.app.id)), found: null };
    if (finding.permission === null || finding.permission.knownTo === 'nobody') return { finding, found: null };
    return await lookAtPeople(session, asked, finding, finding.permission.id);
  } catch (error) {
    if (!isFault(error)) throw error;
    return { finding: { ...finding, live: { kind: 'unreachable' } }, found: null };
  }
}

/** What the token that the assistant uses says about an app permission. */
async function appLook(session: Session, id: string): Promise<Extract<LiveLook, { kind: 'app' }>> {
  return { kind: 'app', ...carriedBy(await printedScope(session), id) };
}

/** The error stays the calling app's, which may be another than this one. */
function withApp(finding: ErrorFinding, live: LiveLook): ErrorFinding {
  return { ...finding, live };
}

async function lookAtPeople(
  session: Session,
  { people, group }: Understanding,
  finding: ErrorFinding,
  permission: string,
): Promise<Look> {
  const wide = finding.verdict.cure === 'extended-scope';
  const wish = { people, group, permissions: [permission] };
  const gate = await permissionAnswers(session, 'explain-error', wish, wide);
  if (!gate.open) return { finding: { ...finding, live: { kind: 'refused', reason: gate.reason } }, found: null };
  const { answers } = gate.value;
  const others = answers.map(({ paths }) => reachesOthers(scopesOf(paths)));
  const live: LiveLook = { kind: 'people', answers, reachesOthers: others };
  const holds = answers.every((each, index) => (wide ? others[index] === true : isHeld(each.verdict)));
  const whose: Whose = holds ? 'works-now' : finding.whose;
  return { finding: { ...finding, live, whose }, found: gate.value };
}

function isHeld(verdict: Verdict): boolean {
  return verdict === 'yes' || verdict === 'self-only';
}

/** "Check again" says the code and the permission, never what was pasted. */
function stepsFor(asked: Understanding, explanation: Explanation): readonly OfferedStep[] {
  const [first] = explanation.findings;
  const cure = first?.live?.kind === 'people' && first.live.answers.length === 1 ? first.live.answers[0] : undefined;
  const gives = cure === undefined || whoseProblem(explanation) === 'works-now' ? [] : giveSteps(cure);
  const error = first?.error ?? null;
  if (error === null || first?.live == null) return gives;
  const permission = first.permission?.id ?? error.permission;
  const code = error.code ?? error.oauthError;
  const text = [code, permission === null ? null : `[${permission}]`].filter((word) => word !== null).join(' ');
  const { people, group } = asked;
  const again = offered('explain-error', text, { people, group, error: { code, permission } });
  return [...gives, { offer: { kind: 'check-again' }, understanding: again }];
}
