import { z } from 'zod';
import { CURES, WHOSE } from '../domain/error-verdict.ts';

const text = z.string().min(1);
const sourced = { source: z.array(text).min(1) };

/** A permission that an app (OAuth client) needs; shown in the developer console and in a token's `scope`. */
export const appPermissionSchema = z.strictObject({
  id: text,
  displayName: text.nullable(),
  description: text.nullable(),
  accessType: text.nullable(),
  /** App permissions that come with this one. */
  includes: z.array(text),
  /** Granted by RingCentral on request only. */
  onRequest: z.boolean(),
  ...sourced,
});

/** A permission that a person needs; it reaches them through their roles. */
export const userPermissionSchema = z.strictObject({
  id: text,
  displayName: text.nullable(),
  description: text.nullable(),
  category: text.nullable(),
  /** null: nowhere published. */
  assignable: z.boolean().nullable(),
  /** Where the admin portal shows it, as far as known. */
  portalLocation: text.nullable(),
  includes: z.array(text),
  /** True when `includes` is the rule "edit includes read", not a printed fact. */
  includesInferred: z.boolean(),
  grantedTo: z.array(z.strictObject({ roleId: text, scopes: z.array(text) })),
  /** False for labels of the API document that no server ever reported. */
  observed: z.boolean(),
  /** The id that a server reports instead of a mere label. */
  likelyRuntimeId: text.nullable(),
  note: text.nullable(),
  ...sourced,
});

/** A role that RingCentral ships. */
export const predefinedRoleSchema = z.strictObject({
  id: text.nullable(),
  idInferred: z.boolean(),
  displayName: text,
  description: text.nullable(),
  isDefaultOutOfTheBox: z.boolean(),
  ...sourced,
});

/** A code in an error body. Messages hold `${name}` where the server puts a value. */
export const errorCodeSchema = z.strictObject({
  code: text,
  http: z.array(z.number().int()),
  message: text.nullable(),
  runtimeMessage: text.nullable(),
  runtimeMessageVariant: text.nullable(),
  topLevel: text.nullable(),
  oauthError: text.nullable(),
  service: text.nullable(),
  note: text.nullable(),
  ...sourced,
});

/** Whose problem codes and OAuth words are, and what kind of cure helps. */
export const errorVerdictSchema = z.strictObject({
  codes: z.array(text),
  oauthErrors: z.array(text),
  whose: z.enum(WHOSE),
  cure: z.enum(CURES),
  /** True where the sources name the error and its owner is our reading. */
  inferred: z.boolean(),
  ...sourced,
});

/** A feature of the account or extension, and the user permission behind it. */
export const featureSchema = z.strictObject({ feature: text, permission: text, inferred: z.boolean(), ...sourced });

/** An operation with both of its gates. */
export const endpointSchema = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE', 'PATCH']),
  path: text,
  operationId: text,
  summary: text.nullable(),
  appPermission: text.nullable(),
  /** As the document labels it. */
  userPermission: text.nullable(),
  /** What the server names in its refusals, where that differs from the label. */
  reportedPermission: text.nullable(),
  reportedInferred: z.boolean(),
  feature: text.nullable(),
  group: text.nullable(),
  availability: text.nullable(),
  /** No longer in the official document. */
  retired: z.boolean(),
  note: text.nullable(),
  /** Where older documentation says something else. */
  older: text.nullable(),
  ...sourced,
});

/** A scope that a CarrierX partner can hold. Ids are not unique: 74 names five scopes. */
export const partnerScopeSchema = z.strictObject({
  name: text,
  id: z.number().int(),
  category: text,
  description: text,
  ...sourced,
});

/** Words that people use, and the permissions they may mean. */
export const spokenPermissionSchema = z.strictObject({ words: text, permissions: z.array(text).min(1), ...sourced });

export type AppPermission = z.infer<typeof appPermissionSchema>;
export type UserPermission = z.infer<typeof userPermissionSchema>;
export type PredefinedRole = z.infer<typeof predefinedRoleSchema>;
export type ErrorCode = z.infer<typeof errorCodeSchema>;
export type Endpoint = z.infer<typeof endpointSchema>;
export type ErrorVerdictRow = z.infer<typeof errorVerdictSchema>;
export type Feature = z.infer<typeof featureSchema>;
export type PartnerScope = z.infer<typeof partnerScopeSchema>;
export type SpokenPermission = z.infer<typeof spokenPermissionSchema>;
