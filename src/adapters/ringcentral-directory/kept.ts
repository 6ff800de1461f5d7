import { z } from 'zod';
import type { Role } from '../../domain/roles.ts';
import type { Keepsakes, Log } from '../../usecases/ports.ts';
import type { Budgets } from './limits.ts';
import type { NameFacts } from './names.ts';
import { type Credentials, sealKeepsakes } from './sealed-keepsakes.ts';
import type { Grant } from './sign-in.ts';

/**
 * What is kept between processes, so that a short command neither signs in nor reads the whole account again, and
 * knows what the ones before it have spent.
 */
export type Kept = {
  /** The service account's session as it was found at opening. */
  readonly grant: Grant | null;
  readonly budgets: Budgets;
  loadGrant(): Promise<Grant | null>;
  saveGrant(grant: Grant): Promise<void>;
  dropGrant(): Promise<void>;
  loadNames(): Promise<NameFacts | null>;
  saveNames(names: NameFacts): Promise<void>;
  saveBudgets(budgets: Budgets): Promise<void>;
  /** Contents of roles, each with the instant at which it was read. */
  loadRoles(): Promise<readonly KeptRole[]>;
  saveRoles(roles: readonly KeptRole[]): Promise<void>;
};

type KeptRole = { readonly value: Role; readonly readAt: number };

const GRANT_NAME = 'ringcentral-session';
const NAMES_NAME = 'ringcentral-names';
const BUDGETS_NAME = 'ringcentral-budgets';
const ROLES_NAME = 'ringcentral-roles';

const nullableText = z.string().nullable();
const instant = z.number();

const GRANT = z.object({
  accessToken: z.string().min(1),
  expiresAt: instant,
  refreshToken: z.null(),
  refreshExpiresAt: z.null(),
  scope: z.string(),
  owner: nullableText,
});

const BUDGETS = z.record(
  z.string(),
  z.object({
    limit: z.number().positive(),
    windowMs: z.number().positive(),
    frees: z.array(instant).max(10_000),
    penaltyUntil: instant,
  }),
);

const SITE = z.object({ id: z.string(), name: z.string() });

const ROLE = z.object({
  id: z.string(),
  displayName: z.string(),
  description: nullableText,
  custom: z.boolean(),
  hidden: z.boolean(),
});

const ROLES = z.array(
  z.object({
    value: ROLE.extend({
      scope: nullableText,
      permissions: z.array(z.string()),
      siteCompatible: z.boolean().nullable(),
    }),
    readAt: instant,
  }),
);

const NAMES = z.object({
  account: z.object({ id: z.string(), name: z.string(), zone: nullableText }),
  people: z.array(
    z.object({
      id: z.string(),
      number: z.string(),
      name: z.string(),
      email: nullableText,
      type: z.string(),
      status: z.string(),
      department: nullableText,
      site: SITE.nullable(),
    }),
  ),
  sites: z.array(SITE),
  roles: z.array(ROLE),
  permissions: z.array(
    z.object({
      id: z.string(),
      displayName: nullableText,
      description: nullableText,
      category: nullableText,
      assignable: z.boolean(),
      includes: z.array(z.string()),
    }),
  ),
  readAt: instant,
});

/** Opens what earlier processes with the same credentials left; where there is nothing, it starts empty. */
export async function openKept(credentials: Credentials, keepsakes: Keepsakes, log: Log): Promise<Kept> {
  const sealed = sealKeepsakes(credentials, keepsakes, log);
  // The seal vouches that the branded ids were written by a process that had parsed them.
  const loadGrant = async () => (await sealed.load(GRANT_NAME, GRANT)) as Grant | null;
  const [grant, budgets] = await Promise.all([loadGrant(), sealed.load(BUDGETS_NAME, BUDGETS)]);
  return {
    grant,
    budgets: budgets ?? {},
    loadGrant,
    // A refresh token works once: shared by two processes, one of them would find it used.
    saveGrant: (next) => sealed.save(GRANT_NAME, { ...next, refreshToken: null, refreshExpiresAt: null }),
    dropGrant: () => sealed.drop(GRANT_NAME),
    loadNames: async () => (await sealed.load(NAMES_NAME, NAMES)) as NameFacts | null,
    saveNames: ({ account, people, sites, roles, permissions, readAt }) =>
      sealed.save(NAMES_NAME, { account, people, sites, roles, permissions, readAt }),
    saveBudgets: (next) => sealed.save(BUDGETS_NAME, next),
    loadRoles: async () => ((await sealed.load(ROLES_NAME, ROLES)) as readonly KeptRole[] | null) ?? [],
    saveRoles: (roles) => sealed.save(ROLES_NAME, roles),
  };
}
