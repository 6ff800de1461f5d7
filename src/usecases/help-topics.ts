import type { HelpTopic } from '../domain/help-topics.ts';

type TopicExample = { readonly say: string; readonly does: string };

/** What to say about one family of things. Kept in the words of the sandbox account, so that they can be tried. */
export const TOPIC_EXAMPLES: Readonly<Record<HelpTopic, readonly TopicExample[]>> = {
  giving: [
    { say: 'give Bob Manager', does: 'adds a role to those that he has' },
    { say: 'give Bob Manager for 2 hours because of the audit', does: 'gives it for a time, with the reason' },
    { say: 'set Dave up like Alice', does: 'gives one person the roles of another' },
    { say: 'let Alice use Meetings', does: 'finds the role that brings a permission, and shows it first' },
  ],
  taking: [
    { say: 'take Manager from Frank', does: 'takes one role and leaves the others' },
    { say: 'alice should no longer have Meetings', does: 'shows which role brings it and what else goes with it' },
    { say: 'dave left, strip his roles', does: 'takes every role of somebody who has left' },
    { say: 'take Manager from Frank until Friday', does: 'takes it and gives it back' },
  ],
  changing: [
    { say: 'change Bob from Manager to User Admin', does: 'swaps one role and leaves the others' },
    { say: "set Bob's roles to Support and Reports", does: 'replaces everything that he has' },
    { say: 'reset Bob to default', does: 'leaves him the default role of the account' },
    { say: 'what would happen if I gave Bob Billing Admin?', does: 'shows everything and writes nothing' },
  ],
  times: [
    { say: 'give Bob Manager until Friday', does: 'ends at the end of that day' },
    { say: 'give Bob Manager from 2pm to 5pm', does: 'begins and ends by itself' },
    { say: 'extend my Manager by an hour', does: 'moves the end' },
    { say: "I'm done", does: 'ends what you have for a time' },
    { say: 'when does my Manager end', does: 'tells the end' },
  ],
  'many people': [
    { say: 'give everyone in Sales except Frank Support', does: 'shows a verdict for each person first' },
    { say: 'bob, carol, sam: Manager', does: 'takes a pasted list' },
    { say: 'give extensions 111 to 113 Support', does: 'takes a range of extensions' },
    { say: 'who has Manager in Sales', does: 'lists the people' },
  ],
  'asking for a role': [
    { say: 'what roles can I ask for', does: 'lists what policy lets you ask for' },
    { say: 'give me Reports for 2 hours, ticket OPS-12', does: 'asks those who decide' },
    { say: 'who decides about Billing Admin', does: 'tells who has to approve' },
    {
      say: 'break glass: Super Admin for me, phones are down',
      does: 'for emergencies, told to all who were passed over',
    },
  ],
  requests: [
    { say: 'what is waiting for me', does: 'lists what you may decide' },
    { say: 'approve A7K2 but only for 1 hour', does: 'approves less than was asked for' },
    { say: 'deny A7K2 not this week', does: 'refuses with a reason' },
    { say: 'status A7K2', does: 'tells who still has to approve' },
    { say: "I'm out until Friday, carol decides for me", does: 'lets somebody stand in for you' },
  ],
  'who may do what': [
    { say: 'does Alice have Meetings?', does: 'tells yes or no, and through which role' },
    { say: "why can't Alice use Meetings", does: 'tells what is missing and what would cure it' },
    { say: 'who can read the company call log', does: 'lists the people' },
    { say: 'what has Frank that Bob has not', does: 'compares two people' },
  ],
  roles: [
    { say: 'list roles', does: 'lists every role' },
    { say: 'what is in Manager', does: 'lists what a role holds' },
    { say: 'difference between Manager and User Admin', does: 'compares two roles' },
    { say: 'create role Kiosk from Front Desk with Meetings', does: 'makes a custom role' },
    { say: 'add Meetings to Front Desk', does: 'shows whom a change of a custom role reaches' },
    { say: 'can Night Desk be deleted', does: 'asks RingCentral, and tells who would fall back' },
    { say: 'make Standard the default role', does: 'tells what people get who come later' },
  ],
  permissions: [
    { say: 'what does EditAssignedRoles mean', does: 'explains a permission and where its checkbox is' },
    { say: 'which role includes Meetings', does: 'lists the roles that bring it, smallest first' },
    { say: 'who has EditUserRoles', does: 'lists the people' },
  ],
  errors: [
    { say: 'CMN-408', does: 'explains a code; a whole pasted error tells more' },
    { say: 'what do I need for GET /account/~/call-log', does: 'tells both permissions that an operation needs' },
    { say: 'try GET /account/~/call-log', does: 'calls it with your own token and tells what happened' },
  ],
  'the app': [
    { say: 'what scopes does the app have', does: 'lists the permissions of the app' },
    { say: 'does the app have ReadCallLog', does: 'checks one of them' },
    { say: 'what does the app permission Faxes include', does: 'explains one of them' },
  ],
  partners: [
    { say: 'which scopes does Acme Voice have', does: 'lists the scopes of a partner' },
    { say: 'which partners have sms.create', does: 'lists the partners' },
    { say: 'give partner Bluebird calls.read', does: 'adds a scope' },
    { say: 'what does invoices.manage cover', does: 'explains a scope' },
  ],
  history: [
    { say: 'what changed yesterday', does: 'lists what was done, by whom and why' },
    { say: 'who gave Bob Manager', does: 'tells who, when and for what reason' },
    { say: 'export the audit log for June', does: 'makes a file of it' },
  ],
  undo: [
    { say: 'undo', does: 'puts back what your last change replaced' },
    { say: 'undo the last change to Bob', does: 'puts back what was changed about one person' },
  ],
  'your link': [
    { say: 'who am I', does: 'tells which extension you are linked with' },
    { say: 'connect my RingCentral account', does: 'links you' },
    { say: 'unlink me', does: 'ends the link' },
  ],
};
