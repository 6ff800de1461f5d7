import type { HelpTopic } from '../../domain/help-topics.ts';

/** Words by which people ask for help about something. Folded, without apostrophes. */
export const TOPICS: Readonly<Record<HelpTopic, string>> = {
  giving:
    'give, giving, grant, granting, assign, assigning, add, adding, give roles, assign roles, giving roles, let, allow',
  taking:
    'take, taking, remove, removing, revoke, revoking, take away, taking away, strip, offboard, offboarding, leaver, leavers, leaving',
  changing:
    'change, changing, swap, swapping, switch, replace, set roles, copy, copying, copy roles, reset, resetting, default role',
  times:
    'time, times, until, temporary, temporary roles, temp roles, temporarily, timed, limited, extend, extending, extension of time, end, ending, pause, pausing, suspend, duration, durations, expiry',
  'many people':
    'bulk, many, several, groups, group, department, departments, teams, team, site, sites, everyone, list of people, csv, file, files, lists, paste, pasted',
  'asking for a role':
    'ask for, asking, asking for, get a role, getting a role, request a role, requesting, apply, applying, self service, break glass, emergency, emergencies',
  requests:
    'request, requests, approve, approving, approval, approvals, approver, approvers, deny, denying, decide, deciding, decisions, remind, reminding, delegate, delegating, delegation, deputy, amend, cancel a request',
  'who may do what':
    'who, who has, who can, check, checking, find, search, people, access, why, explain access, compare, comparing',
  roles:
    'role, roles, create, creating, edit, editing, rename, renaming, delete, deleting, role contents, custom roles, create a role, create roles, edit roles, delete roles, rename roles',
  permissions: 'permission, permissions, right, rights, checkbox, checkboxes',
  errors:
    'error, errors, 403, cmn, problem, problems, forbidden, error codes, troubleshooting, endpoint, endpoints, api',
  'the app': 'app, scope of the app, app permission, app permissions, app scopes, token, integration, oauth scopes',
  partners: 'partner, partners, scope, scopes, partner scopes, carrierx, carrier',
  history:
    'history, audit, audit log, audit trail, log, export, exporting, exports, report, evidence, changes, who changed',
  undo: 'undo, undoing, revert, mistake, mistakes, roll back, rollback',
  'your link': 'link, linking, unlink, connect, connecting, account, sign in, login, my account',
};
