import { ACCOUNT_OPERATIONS } from './account.ts';
import { ASSIGNABLE_ROLE_OPERATIONS } from './assignable-roles.ts';
import { ASSIGNED_ROLE_OPERATIONS } from './assigned-roles.ts';
import { AUTHZ_OPERATIONS } from './authz-profile.ts';
import { BULK_ASSIGN_OPERATIONS } from './bulk-assign.ts';
import { CALL_LOG_OPERATIONS } from './call-log.ts';
import { DEFAULT_ROLE_OPERATIONS } from './default-role.ts';
import { DICTIONARY_OPERATIONS } from './dictionary.ts';
import { DIRECTORY_OPERATIONS } from './directory.ts';
import { EXTENSION_OPERATIONS } from './extensions.ts';
import { FEATURE_OPERATIONS } from './features.ts';
import { RETIRED_OPERATIONS } from './meetings.ts';
import type { Operation } from './operation.ts';
import { RECORDING_OPERATIONS } from './recordings.ts';
import { ROLE_OPERATIONS } from './roles.ts';
import { SITE_OPERATIONS } from './sites.ts';

/** Every operation that takes a bearer token. */
export const OPERATIONS: readonly Operation[] = [
  ...ACCOUNT_OPERATIONS,
  ...EXTENSION_OPERATIONS,
  ...FEATURE_OPERATIONS,
  ...SITE_OPERATIONS,
  ...DIRECTORY_OPERATIONS,
  ...DICTIONARY_OPERATIONS,
  ...AUTHZ_OPERATIONS,
  ...ASSIGNED_ROLE_OPERATIONS,
  ...ASSIGNABLE_ROLE_OPERATIONS,
  ...ROLE_OPERATIONS,
  ...DEFAULT_ROLE_OPERATIONS,
  ...BULK_ASSIGN_OPERATIONS,
  ...CALL_LOG_OPERATIONS,
  ...RECORDING_OPERATIONS,
  ...RETIRED_OPERATIONS,
];
