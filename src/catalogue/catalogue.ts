import { z } from 'zod';
import appPermissionRows from './data/app-permissions.json' with { type: 'json' };
import endpointRows from './data/endpoints.json' with { type: 'json' };
import errorCodeRows from './data/error-codes.json' with { type: 'json' };
import errorVerdictRows from './data/error-verdicts.json' with { type: 'json' };
import featureRows from './data/features.json' with { type: 'json' };
import partnerScopeRows from './data/partner-scopes.json' with { type: 'json' };
import roleRows from './data/roles.json' with { type: 'json' };
import sourceRows from './data/sources.json' with { type: 'json' };
import spokenRows from './data/spoken-permissions.json' with { type: 'json' };
import userPermissionRows from './data/user-permissions.json' with { type: 'json' };
import {
  type AppPermission,
  appPermissionSchema,
  type Endpoint,
  type ErrorCode,
  type ErrorVerdictRow,
  endpointSchema,
  errorCodeSchema,
  errorVerdictSchema,
  type Feature,
  featureSchema,
  type PartnerScope,
  type PredefinedRole,
  partnerScopeSchema,
  predefinedRoleSchema,
  type SpokenPermission,
  spokenPermissionSchema,
  type UserPermission,
  userPermissionSchema,
} from './schema.ts';

/** Parses a table when it is first asked for: start-up pays only for the tables it uses. */
function table<T>(schema: z.ZodType<T>, rows: unknown): () => readonly T[] {
  let parsed: readonly T[] | null = null;
  return () => {
    parsed ??= z.array(schema).parse(rows);
    return parsed;
  };
}

/** App permissions: the published table and newer ones. @throws {z.ZodError} when the data file is damaged */
export const appPermissions: () => readonly AppPermission[] = table(appPermissionSchema, appPermissionRows);
/** User permissions seen in public sources; an account's own dictionary may hold more. */
export const userPermissions: () => readonly UserPermission[] = table(userPermissionSchema, userPermissionRows);
/** Roles that RingCentral ships; which of them an account has depends on its plan. */
export const predefinedRoles: () => readonly PredefinedRole[] = table(predefinedRoleSchema, roleRows);
/** Published and observed error codes. */
export const errorCodes: () => readonly ErrorCode[] = table(errorCodeSchema, errorCodeRows);
/** Whose problem each error is. */
export const errorVerdicts: () => readonly ErrorVerdictRow[] = table(errorVerdictSchema, errorVerdictRows);
/** Features and the permission behind each, as captured answers name them. */
export const features: () => readonly Feature[] = table(featureSchema, featureRows);
/** Operations with app permission and user permission. */
export const endpoints: () => readonly Endpoint[] = table(endpointSchema, endpointRows);
/** CarrierX partner scopes in the order of the published table. */
export const partnerScopes: () => readonly PartnerScope[] = table(partnerScopeSchema, partnerScopeRows);
/** Spoken names of permissions, reviewed by hand. */
export const spokenPermissions: () => readonly SpokenPermission[] = table(spokenPermissionSchema, spokenRows);

/** Public documents that the rows' `source` keys name. */
export const sources: Readonly<Record<string, string>> = sourceRows;
