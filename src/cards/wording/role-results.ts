import { assertNever } from '../../domain/faults.ts';
import type { Saying } from '../../domain/reply.ts';
import type { RoleOutcome, RolePlan } from '../../domain/role-change.ts';
import type { CardButton } from '../card.ts';
import { clockTime, count, join, plain, some } from '../words.ts';
import { type Body, list, maybe, text, type Wording } from './body.ts';
import { faultCodeWords } from './faults.ts';

/** Words for what came of a confirmed change of a role: done only where RingCentral showed it. */
export function roleChanged(saying: Extract<Saying, { kind: 'role-changed' }>, { zone }: Wording): Body {
  const { undo } = saying;
  const buttons: CardButton[] = undo === null ? [] : [{ label: 'Undo', button: undo, style: null, confirm: null }];
  return { ...outcomeBody(saying, zone), buttons };
}

function outcomeBody({ plan, outcome }: Extract<Saying, { kind: 'role-changed' }>, zone: string): Body {
  const name = plain(plan.after?.displayName ?? plan.name);
  switch (outcome.kind) {
    case 'changed':
      return {
        headline: `Done. ${doneWords(plan)}`,
        parts: [...list(null, besides(outcome, plan)), text(shownAt(plan, clockTime(outcome.verifiedAt, zone)))],
      };
    case 'unchanged':
      return { headline: `Nothing to change. ${name} already is as wanted.`, parts: maybe('Nothing was written.') };
    case 'failed':
      return { headline: `Failed. ${plain(plan.name)} is as before.`, parts: [text(failedWords(outcome))] };
    case 'differs':
      return { headline: `Check this. ${name} is not as asked.`, parts: differsParts(outcome) };
    case 'unsettled':
      return {
        headline: `Not known yet. The change of ${plain(plan.name)} may or may not have taken effect.`,
        parts: [
          text(
            `${answered(outcome.code)} It will be read again and settled from the record; nothing will be written twice.`,
          ),
        ],
      };
    default:
      return assertNever(outcome);
  }
}

function doneWords({ intent, name, after, gains, losses }: RolePlan): string {
  const role = plain(name);
  switch (intent) {
    case 'create-role':
      return `The role ${role} exists now, with ${count(gains.length, 'permission')}. Nobody holds it yet.`;
    case 'edit-role': {
      const now = [
        ...(gains.length === 0 ? [] : [`also holds ${some(gains, 3)}`]),
        ...(losses.length === 0 ? [] : [`no longer holds ${some(losses, 3)}`]),
      ];
      return now.length === 0 ? `${role} is as you wanted it.` : `${role} now ${join(now)}.`;
    }
    case 'rename-role':
      return `${role} is now called ${plain(after?.displayName ?? '')}.`;
    case 'delete-role':
      return `The role ${role} is deleted.`;
    case 'set-default-role':
      return `${role} is now the default role.`;
  }
}

/** What RingCentral did besides, which nobody asked for. */
function besides({ dropped, added, mended }: Extract<RoleOutcome, { kind: 'changed' }>, plan: RolePlan): string[] {
  const left = plan.intent === 'create-role' ? 'left off' : 'took off';
  return [
    ...(mended ? ['RingCentral first made it with other permissions; a second call put that right.'] : []),
    ...(dropped.length === 0
      ? []
      : [
          `RingCentral ${left} ${count(dropped.length, 'permission')} that cannot be put on a role by hand: ${some(dropped, 6)}.`,
        ]),
    ...(added.length === 0
      ? []
      : [`RingCentral put on ${count(added.length, 'permission')} by itself: ${some(added, 6)}.`]),
    ...reachWords(plan),
  ];
}

function reachWords({ intent, reached }: RolePlan): string[] {
  const touched = reached.people.length + reached.unseen;
  if (touched === 0 || intent === 'rename-role') return [];
  const people = count(touched, 'person', 'people');
  if (intent !== 'delete-role') return [`It reaches ${people}, from their next call on.`];
  return [`${people} no longer ${touched === 1 ? 'holds' : 'hold'} it.`];
}

function shownAt({ intent }: RolePlan, at: string): string {
  if (intent === 'delete-role') return `RingCentral no longer showed it at ${at}.`;
  return `RingCentral showed it at ${at}.`;
}

function failedWords({ code, detail }: Extract<RoleOutcome, { kind: 'failed' }>): string {
  const missing = detail === null ? '' : ` RingCentral names as missing: ${plain(detail, 200)}.`;
  return `${answered(code)}${missing} Read again, RingCentral shows what was there before. Nothing was changed. Ask again in a few minutes; if it stays so, tell your administrator the reference.`;
}

function answered(code: string): string {
  if (code === 'no-effect') return 'RingCentral accepted the change and did not carry it out.';
  return faultCodeWords(code) ?? `RingCentral answered ${plain(code, 60)}.`;
}

function differsParts({ missing, extra, fields, now }: Extract<RoleOutcome, { kind: 'differs' }>): Body['parts'] {
  return [
    ...list('Written, but RingCentral now shows something else:', [
      ...(missing.length === 0 ? [] : [`missing: ${some(missing, 8)}`]),
      ...(extra.length === 0 ? [] : [`not asked for: ${some(extra, 8)}`]),
      ...(fields.length === 0 ? [] : [`other than sent: ${join(fields)}`]),
      ...(now === null ? [] : [`the role is ${plain(now.displayName)}, id ${now.id}`]),
    ]),
    text('Compare it with what you wanted before changing more.'),
  ];
}
