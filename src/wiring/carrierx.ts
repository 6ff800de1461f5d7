import { createPartnerDirectory } from '../adapters/carrierx/partners.ts';
import type { Config } from '../config.ts';
import type { ProtectingLog } from '../log.ts';
import type { Deps } from '../usecases/session.ts';

/** CarrierX, and the extension numbers of those to whom partner scopes are told. */
export type CarrierxEndpoint = {
  readonly baseUrl: string;
  readonly token: string;
  readonly administrators: readonly string[];
};

/**
 * Who is a CarrierX administrator of the sandbox's company: Alice and Dave. Anywhere else nobody is, because naming them
 * belongs to the policy file, which is not read yet.
 */
export const SANDBOX_ADMINISTRATORS: readonly string[] = ['101', '104'];

/** CarrierX as the environment names it. A RingCentral on this machine is the sandbox, run apart. */
export function liveCarrierx({ carrierx, ringcentral }: Extract<Config, { mode: 'live' }>): CarrierxEndpoint | null {
  if (carrierx === null) return null;
  return { ...carrierx, administrators: ringcentral.loopback ? SANDBOX_ADMINISTRATORS : [] };
}

type Connected = {
  readonly carrierx: Deps['carrierx'];
  /** Names of partners, to be understood; none where they cannot be listed. */
  readonly partners: readonly string[];
};

/** Connects CarrierX where it is configured. Without it, or while it does not answer, everything else works. */
export async function connectCarrierx(endpoint: CarrierxEndpoint | null, log: ProtectingLog): Promise<Connected> {
  if (endpoint === null) return { carrierx: undefined, partners: [] };
  log.protect(endpoint.token);
  const partners = createPartnerDirectory(endpoint);
  const carrierx = { partners, administrators: endpoint.administrators };
  try {
    return { carrierx, partners: (await partners.listPartners()).map((partner) => partner.name) };
  } catch (error) {
    log.warn('partners could not be listed', { why: error instanceof Error ? error.message : 'unknown' });
    return { carrierx, partners: [] };
  }
}
