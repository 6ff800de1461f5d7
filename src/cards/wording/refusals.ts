import type { Verb } from '../../domain/authority.ts';
import type { ListTrouble, RefusalReason } from '../../domain/reply.ts';
import { count, join, personName, plain } from '../words.ts';
import { attachmentRefusal } from './attachments.ts';
import { type Body, list, maybe, text } from './body.ts';
import { mayNotExtend, noGrant } from './grant-events.ts';
import { timeRefusal } from './grants.ts';
import { guardSentence } from './guards.ts';
import { roleProblem } from './role-problems.ts';

/**
 * What a right is for, to complete "RingCentral does not let you ...".
 *
 * @param whose - the person it was about; null for people in general
 */
function verbWords(verb: Verb, whose: string | null): string {
  switch (verb) {
    case 'read-own':
      return 'read your own roles';
    case 'read-others':
      return `see the roles and permissions of ${whose ?? 'others'}`;
    case 'read-roles':
      return 'see what is in custom roles';
    case 'assign':
      return whose === null ? 'change roles' : `change the roles of ${whose}`;
    case 'assign-bulk':
      return 'change the roles of many people at once';
    case 'reset':
      return `reset ${whose ?? 'people'} to the default role`;
    case 'default-role':
      return 'change the default role';
    case 'edit-role':
      return 'change what is in a role';
  }
}

/** Words for an expected "no": what happened, what was not changed, what to do next. */
export function refusal(reason: RefusalReason): Body {
  switch (reason.kind) {
    case 'not-linked':
      return say(
        'I do not know yet who you are in RingCentral.',
        'Nothing was looked up and nothing was changed. Your Slack account has to be connected with your RingCentral extension by a proof: you will get a private link to sign in to RingCentral once, or a one-time code in RingCentral Team Messaging. An e-mail address alone is not enough.',
        'Until then ask your RingCentral administrator.',
      );
    case 'guest':
      return say('Guests cannot use Rolecall.', NOTHING, 'Ask a full member of this workspace.');
    case 'stranger':
      return say('Only members of this workspace can use Rolecall.', NOTHING, 'Ask your contact here.');
    case 'bot':
      return say('Rolecall answers people only, not apps.', NOTHING, null);
    case 'deleted':
      return say('This Slack account is deactivated.', NOTHING, 'Ask your Slack administrator.');
    case 'unknown-member':
      return say(
        'Slack did not tell enough about you to be sure who is asking.',
        NOTHING,
        'Try again in a minute. If it stays so, ask your Slack administrator.',
      );
    case 'unconfirmed':
      return say(
        'Your e-mail address in Slack is not confirmed.',
        `Until it is, Slack does not vouch for who you are. ${NOTHING}`,
        'Confirm it in your Slack settings, then ask again.',
      );
    case 'link-ended':
      return say(
        'Your connection with RingCentral has ended.',
        `Reason: ${plain(reason.why, 200)}. ${NOTHING}`,
        'It has to be proved anew before you can ask about roles.',
      );
    case 'unknown-extension':
      return say(`There is no extension ${plain(reason.extension, 30)} in this account.`, NOTHING, 'Check the number.');
    case 'no-right':
      return noRight(reason);
    case 'outside-site':
      return say(
        `No. ${personName(reason.target)} belongs to a site that you do not administer.`,
        NOTHING,
        reason.sites.length === 0
          ? 'Ask an administrator of that site.'
          : `Your role rights reach only ${join(reason.sites.map((site) => plain(site)))}. Ask an administrator of the other site.`,
      );
    case 'whole-account-only':
      return say(
        'No. That is about the whole account, and your role rights reach only the sites that you administer.',
        NOTHING,
        'Ask about people of your sites, or ask an administrator of the whole account.',
      );
    case 'app-lacks-scope':
      return say(
        `Rolecall itself lacks the app permission ${plain(reason.scope)}.`,
        `This is a fault in the set-up of the app, not in your rights. ${NOTHING}`,
        `Whoever registered the app adds ${plain(reason.scope)} in the RingCentral developer console; then sign in anew.`,
      );
    case 'guard':
      return guarded(reason);
    case 'not-yours':
      return say(
        'This question was put to somebody else.',
        `Only they can answer it. ${NOTHING}`,
        'Ask for yourself if you need the same.',
      );
    case 'expired':
      return say('This question has expired.', NOTHING, 'Ask again to see the roles as they are now.');
    case 'already-settled':
      return say(
        `This was already ${settledWord(reason.state)}.`,
        'This click changed nothing.',
        reason.state === 'taken' ? LOST : 'Ask again if you need something else.',
      );
    case 'stale':
      return say('This button is out of date.', NOTHING, 'Ask again to see the roles as they are now.');
    case 'too-long':
      return say(`That is too long for me: at most ${reason.limit} characters.`, NOTHING, 'Say it shorter.');
    case 'no-grant':
      return noGrant(reason);
    case 'may-not-extend':
      return mayNotExtend(reason);
    case 'grant-moved':
      return say(
        'This role has another end by now.',
        'This click changed nothing.',
        'Ask "show temporary roles" to see how things stand.',
      );
    case 'time':
      return timeRefusal(reason.trouble);
    case 'nobody-found':
      return say('Nobody belongs to that group.', NOTHING, 'Check how the department, site or role is called.');
    case 'bulk-over':
      return say('That change is over.', 'This click changed nothing.', 'What was changed can be undone.');
    case 'bulk-running':
      return say(
        'That change of many people is still under way.',
        NOTHING,
        'Stop it, or wait until it is reported; then take it back or try again.',
      );
    case 'nothing-to-undo':
      return say(
        'I found no change to take back.',
        NOTHING,
        'Name the person, as in "undo the last change to Bob", or give the reference of the change.',
      );
    case 'already-undone':
      return say(
        `That change was already taken back (reference ${plain(reason.reference)}).`,
        NOTHING,
        'To have it again, undo that undo.',
      );
    case 'person-gone':
      return say(
        'Somebody whom that change concerned is not in the account any more.',
        NOTHING,
        'Change the others by name.',
      );
    case 'not-carrierx-administrator':
      return say(
        'No. The scopes of partners are told only to CarrierX administrators.',
        `You are not named as one, and RingCentral has no right that would stand in for it. ${NOTHING}`,
        'Ask one of them, or have yourself named in the policy of Rolecall. What a scope means is open to everybody.',
      );
    case 'no-carrierx':
      return say(
        'CarrierX is not connected here.',
        NOTHING,
        'Whoever runs Rolecall sets CARRIERX_BASE_URL and CARRIERX_TOKEN. What a scope means can be asked without.',
      );
    case 'too-many-people':
      return say(
        `That is too many people at once: at most ${count(reason.limit, 'person', 'people')}.`,
        NOTHING,
        'Ask in smaller groups.',
      );
    case 'sites-not-offered':
      return say(
        `Giving ${join(reason.roles.map((role) => plain(role)))} for ${plain(reason.site)} only is not offered here.`,
        `RingCentral only takes that a role is limited to sites; which sites is set for the person, for all their limited roles at once. ${NOTHING}`,
        'Do it in the admin portal, where the sites are chosen with the roles of the person. A limit that is there is kept by every change made here, and shown.',
      );
    case 'role':
      return roleProblem(reason.problem);
    case 'list':
      return listRefusal(reason);
    case 'attachment':
      return attachmentRefusal(reason.attachment);
  }
}

const NOTHING = 'Nothing was changed.';

function say(headline: string, unchanged: string, next: string | null): Body {
  return { headline, parts: [text(next === null ? unchanged : `${unchanged} ${next}`)] };
}

function noRight(reason: Extract<RefusalReason, { kind: 'no-right' }>): Body {
  const whose = reason.target === null ? null : personName(reason.target);
  const needed = reason.extended
    ? `You hold ${reason.permission} only for your own extension; it has to reach further.`
    : `That needs the RingCentral permission ${reason.permission}, which you do not have.`;
  return say(
    `No. RingCentral does not let you ${verbWords(reason.verb, whose)}.`,
    `${needed} ${NOTHING}`,
    'Rolecall never lends its own rights. Ask a RingCentral administrator.',
  );
}

function listRefusal({ name, troubles, total }: Extract<RefusalReason, { kind: 'list' }>): Body {
  return {
    headline: `${count(total, 'line')} of ${plain(name, 80)} cannot be used.`,
    parts: [
      ...list(
        null,
        troubles.map(({ line, words, why }) => `Line ${line}, "${plain(words, 80)}": ${lineTrouble(why)}`),
      ),
      ...maybe(total > troubles.length && `And ${total - troubles.length} more.`),
      text(
        `${NOTHING} Correct these lines and send it again: name people by extension number, e-mail address or whole name.`,
      ),
    ],
  };
}

function lineTrouble(why: ListTrouble['why']): string {
  switch (why) {
    case 'nobody':
      return 'nobody is called that.';
    case 'several':
      return 'several people are called that; give the extension number.';
    case 'no-such-role':
      return 'no role is called that.';
    case 'unreadable':
      return 'it is not a table of commas, semicolons or tabs.';
  }
}

function guarded({ people }: Extract<RefusalReason, { kind: 'guard' }>): Body {
  const [only] = people;
  if (only !== undefined && people.length === 1) {
    return say(`No. The roles of ${personName(only.person)} stay as they are.`, guardSentence(only.guard), NOTHING);
  }
  return {
    headline: 'No. This change cannot be made.',
    parts: [
      ...list(
        null,
        people.map(({ person, guard }) => `${personName(person)}: ${guardSentence(guard)}`),
      ),
      ...maybe(NOTHING),
    ],
  };
}

/** Whoever took it may be at work still, or may have been cut off: only RingCentral knows how things stand. */
const LOST = 'If no result appears, ask again: you are shown the roles as they are now.';

function settledWord(state: string): string {
  switch (state) {
    case 'done':
      return 'done';
    case 'cancelled':
      return 'cancelled';
    case 'taken':
      return 'confirmed';
    case 'expired':
      return 'expired';
    default:
      return 'settled';
  }
}
