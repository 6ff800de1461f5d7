import { randomUUID } from 'node:crypto';
import { isFault } from '../../domain/faults.ts';
import type { ExtensionId } from '../../domain/ids.ts';
import type { Call, Clock, Log, NameIndex, Names, SharedState, StoredToken } from '../../usecases/ports.ts';
import { createCallMethods } from './calls.ts';
import { type Client, createClient, type Patience } from './client.ts';
import { createDictionaries } from './dictionaries.ts';
import type { FullDirectory } from './directory.ts';
import { createIdentities, type Identity } from './identities.ts';
import type { Kept } from './kept.ts';
import { createLimits, type LimitOptions, type Limits } from './limits.ts';
import { createNameIndex, type NameIndexOptions } from './name-index.ts';
import { indexNames, readNames } from './names.ts';
import { createPeopleMethods } from './people.ts';
import { createPersonSession, type TokenVault } from './person-session.ts';
import { createProbeMethods } from './probe.ts';
import { createProfileMethods } from './profile.ts';
import { PER_PAGE } from './read.ts';
import { DEFAULT_RETRIES, type RetryOptions } from './retries.ts';
import { createRoleAdministration } from './role-administration.ts';
import { createRoleMethods } from './roles.ts';
import type { Credentials } from './sealed-keepsakes.ts';
import { createServiceSession } from './service-session.ts';
import type { Session } from './session.ts';
import { createSharedBudget } from './shared-budget.ts';
import { createSignIn, type SignIn } from './sign-in.ts';
import { MACHINE_TIMERS, type Timers } from './timers.ts';
import { createTransport, type Transport } from './transport.ts';

export type { FullDirectory } from './directory.ts';

export { type Kept, openKept } from './kept.ts';
export type { Credentials } from './sealed-keepsakes.ts';

export type DirectoryOptions = Credentials & {
  /** Tokens of people who gave the app one. */
  readonly tokenVault: TokenVault;
  readonly log: Log;
  readonly clock: Clock;
  readonly timers?: Timers;
  readonly limits?: LimitOptions;
  readonly retries?: RetryOptions;
  readonly patience?: Partial<Patience>;
  readonly names?: Partial<NameTiming>;
  /** What is shared with other processes; by default nothing is. */
  readonly kept?: Kept;
  /** Where other instances of the same app run: what they and this one spend of the call budgets. */
  readonly sharedState?: SharedState;
};

type NameTiming = Pick<NameIndexOptions, 'maxAgeMs' | 'minAgeMs' | 'patienceMs' | 'retryMs'> & {
  /** Kept names that are older are not taken up. */
  readonly keptForMs: number;
};

/** RingCentral as the service account and as each person with a token of their own; serves as `Directories`. */
export type RingCentralDirectories = {
  readonly service: FullDirectory;
  as(extension: ExtensionId): Promise<FullDirectory | null>;
  readonly names: NameIndex;
  /** Ends the person's session at RingCentral and drops their token here, even when RingCentral does not answer. */
  revoke(extension: ExtensionId): Promise<void>;
  /** The token lacks what the app may have been given since: the next process signs in anew. */
  forgetSession(): Promise<void>;
  /** Stops background reading, and leaves word of what was spent. */
  close(): Promise<void>;
};

const PATIENCE: Patience = { timeoutMs: 10_000, maxWaitMs: 8_000, backgroundWaitMs: 300_000 };
const NAMES: NameTiming = {
  maxAgeMs: 300_000,
  minAgeMs: 5_000,
  patienceMs: 20_000,
  retryMs: 30_000,
  keptForMs: 300_000,
};
const SERVICE = 'service';

/** Makes the directories of one RingCentral app. Nothing is called until the first question. */
export function createDirectories(options: DirectoryOptions): RingCentralDirectories {
  const { clock, log, tokenVault } = options;
  const timers = options.timers ?? MACHINE_TIMERS;
  const house = createHouse(options, timers);
  const { directory: service, session } = createService(options, house);
  // The service account is a person too; with a token of its own it still has one call budget.
  const identityOf = (extension: ExtensionId) => (session.held()?.owner === extension ? SERVICE : extension);
  const people = createIdentities(tokenVault, (extension, stored) =>
    createPerson(options, house, identityOf(extension), extension, stored),
  );
  const timing = { ...NAMES, ...options.names };
  const names = createNameIndex({
    ...namesOf(options, service, timing.keptForMs),
    estimateMs: (people) => house.limits.of(SERVICE, 'Medium').forecast(Math.ceil(people / PER_PAGE), 'background'),
    clock,
    timers,
    log,
    ...timing,
  });
  return {
    service,
    as: (extension) => people.find(extension),
    names,
    revoke: (extension) => people.revoke(extension),
    forgetSession: async () => options.kept?.dropGrant(),
    async close() {
      names.close();
      await options.kept?.saveBudgets(house.limits.budgets());
    },
  };
}

/** Where names come from: RingCentral, and what an earlier process read for the same account. */
function namesOf(
  { clock, kept }: DirectoryOptions,
  service: FullDirectory,
  keptForMs: number,
): Pick<NameIndexOptions, 'read' | 'recall'> {
  async function read(signal: AbortSignal, progress: (read: number, of: number | null) => void): Promise<Names> {
    const call: Call = { signal, urgency: 'background' };
    const facts = await readNames(service, () => clock.now(), call, progress);
    await kept?.saveNames(facts);
    return indexNames(facts);
  }

  async function recall(): Promise<Names | null> {
    const [facts, owner] = await Promise.all([kept?.loadNames() ?? null, kept ? service.owner() : null]);
    const age = facts === null ? 0 : clock.now() - facts.readAt;
    if (facts === null || age < 0 || age > keptForMs) return null;
    // The owner of the token belongs to one account: names without the owner are another account's.
    return facts.people.some((person) => person.id === owner) ? indexNames(facts) : null;
  }

  return { read, recall };
}

/** What all identities share. */
type House = {
  readonly limits: Limits;
  open(identity: string): { readonly transport: Transport; readonly signIn: SignIn };
  speak(identity: string, transport: Transport, session: Session): Client;
};

function createHouse(options: DirectoryOptions, timers: Timers): House {
  const { serverUrl, clientId, clientSecret, clock, log } = options;
  const limits = createLimits(
    { budgets: options.kept?.budgets ?? {}, ...sharedBudgets(options), ...options.limits },
    clock,
    timers,
  );
  const patience = { ...PATIENCE, ...options.patience };
  const retries = options.retries ?? DEFAULT_RETRIES;
  return {
    limits,
    open(identity) {
      const transport = createTransport({ serverUrl, clientId, clientSecret, cachePrefix: `rolecall-${identity}-` });
      const { timeoutMs, maxWaitMs } = patience;
      const limiter = () => limits.of(identity, 'Auth');
      return { transport, signIn: createSignIn({ transport, limiter, clock, timeoutMs, maxWaitMs }) };
    },
    speak(identity, transport, session) {
      return createClient({ identity, transport, session, limits, clock, timers, log, patience, retries });
    },
  };
}

function sharedBudgets({ sharedState: state, clientId, log }: DirectoryOptions): Pick<LimitOptions, 'shared'> {
  if (!state) return {};
  const onTrouble = (error: unknown) =>
    log.warn('what was spent of a call budget could not be shared', {
      why: error instanceof Error ? error.message : 'unknown',
    });
  // RingCentral counts for each app, so another app's calls are none of ours.
  return {
    shared: (key, { limit, windowMs }) =>
      createSharedBudget({ state, name: `calls/${clientId}/${key}`, limit, windowMs, newId: randomUUID, onTrouble }),
  };
}

function createService(options: DirectoryOptions, house: House) {
  const { transport, signIn } = house.open(SERVICE);
  const { clock, jwt } = options;
  const kept = options.kept ?? null;
  const session = createServiceSession({ transport, signIn, clock, jwt, kept });
  const client = forgetful(house.speak(SERVICE, transport, session), kept);
  return { session, directory: directoryOf(client, null) };
}

/** What a token may do is fixed when it is given: one that was refused something is not passed on to other processes. */
function forgetful(client: Client, kept: Kept | null): Client {
  if (kept === null) return client;
  return {
    ...client,
    async send(operation, request) {
      try {
        return await client.send(operation, request);
      } catch (error) {
        if (isFault(error, 'directory-forbidden') && error.data.errorCode === 'CMN-401') await kept.dropGrant();
        throw error;
      }
    },
  };
}

function createPerson(
  options: DirectoryOptions,
  house: House,
  identity: string,
  extension: ExtensionId,
  stored: StoredToken,
): Identity<FullDirectory> {
  const { tokenVault: vault, clock, log } = options;
  const { transport, signIn } = house.open(identity);
  const session = createPersonSession({ extension, stored, transport, signIn, vault, clock, log });
  const directory = directoryOf(house.speak(identity, transport, session), extension);
  const revoke = async () => signIn.revoke(session.token());
  return { session, directory, revoke };
}

function directoryOf(client: Client, expected: ExtensionId | null): FullDirectory {
  return {
    ...createProfileMethods(client, expected),
    ...createRoleMethods(client),
    ...createRoleAdministration(client),
    ...createDictionaries(client),
    ...createPeopleMethods(client),
    ...createCallMethods(client),
    ...createProbeMethods(client),
  };
}
