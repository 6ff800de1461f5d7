import { z } from 'zod';
import { Fault, type FaultCode } from '../../domain/faults.ts';
import type { Partner } from '../../domain/partners.ts';
import type { PartnerDirectory } from '../../usecases/ports.ts';

/** Documented as a string, shown as a list of names everywhere; a number or a single name is taken too. */
const SCOPES = z
  .union([z.array(z.union([z.string(), z.number()])), z.string(), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined ? null : [value].flat().map(String).filter(Boolean)));

const PARTNER = z
  .object({
    partner_sid: z.string().min(1),
    company_name: z.string(),
    parent_sid: z.string().nullish(),
    status: z.string().nullish(),
    available_scopes: SCOPES,
  })
  .transform(
    (row): Partner => ({
      sid: row.partner_sid,
      name: row.company_name,
      parent: row.parent_sid || null,
      status: row.status ?? 'unknown',
      scopes: row.available_scopes,
    }),
  );

const PAGE = z.object({ items: z.array(PARTNER), has_more: z.boolean() });

const PAGE_SIZE = 1000;
/** More pages than this are a listing that never ends. */
const PAGES_AT_MOST = 1000;
const TIMEOUT_MS = 10_000;

export type CarrierxEndpoint = { readonly baseUrl: string; readonly token: string };

/**
 * Reads partners from CarrierX Core API: `GET /partners` to the last page, ten rows being its default, so that a short
 * page proves nothing; and `GET /partners/{sid}`. Nothing is written.
 *
 * @throws {Fault} whose code begins with `partners-`; from each method
 */
export function createPartnerDirectory(endpoint: CarrierxEndpoint): PartnerDirectory {
  return {
    async listPartners() {
      const found: Partner[] = [];
      for (let page = 0; page < PAGES_AT_MOST; page++) {
        const { items, has_more: hasMore } = await read(endpoint, listPath(found.length), PAGE);
        found.push(...items);
        if (!hasMore || items.length === 0) return found;
      }
      throw new Fault('partners-unreadable', 'CarrierX never came to the last page');
    },
    readPartner: (sid) => read(endpoint, `/partners/${encodeURIComponent(sid)}`, PARTNER),
  };
}

function listPath(offset: number): string {
  return `/partners?limit=${PAGE_SIZE}&offset=${offset}`;
}

async function read<Value>(
  { baseUrl, token }: CarrierxEndpoint,
  path: string,
  schema: z.ZodType<Value>,
): Promise<Value> {
  let response: Response;
  try {
    response = await fetch(`${baseUrl}${path}`, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(TIMEOUT_MS),
      redirect: 'error',
    });
  } catch (cause) {
    throw new Fault('partners-unavailable', 'CarrierX did not answer', {}, { cause });
  }
  if (!response.ok) {
    await response.body?.cancel();
    throw new Fault(codeOf(response.status), 'CarrierX refused to show partners', { status: response.status });
  }
  const parsed = schema.safeParse(await response.json().catch(() => null));
  if (!parsed.success) throw new Fault('partners-unreadable', 'CarrierX answered something unreadable');
  return parsed.data;
}

/** What statuses mean, as far as CarrierX documents them; that a missing scope gives 403 is likely and not stated. */
function codeOf(status: number): FaultCode {
  if (status === 401 || status === 403) return 'partners-forbidden';
  return status === 404 ? 'partners-not-found' : 'partners-unavailable';
}
