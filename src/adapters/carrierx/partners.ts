import { z } from 'zod';
import { Fault } from '../../domain/faults.ts';
import type { PartnerDirectory } from '../../usecases/ports.ts';

const page = z.object({
  items: z.array(z.object({ partner_sid: z.string(), company_name: z.string() })),
  has_more: z.boolean(),
});

const PAGE_SIZE = 1000;
const TIMEOUT_MS = 10_000;

async function readPage(baseUrl: string, token: string, offset: number): Promise<z.infer<typeof page>> {
  const url = `${baseUrl}/partners?limit=${PAGE_SIZE}&offset=${offset}`;
  let response: Response;
  try {
    response = await fetch(url, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(TIMEOUT_MS),
      redirect: 'error',
    });
  } catch (cause) {
    throw new Fault('directory-unavailable', 'CarrierX did not answer', {}, { cause });
  }
  if (!response.ok) {
    throw new Fault('directory-unavailable', 'CarrierX refused to list partners', { status: response.status });
  }
  const parsed = page.safeParse(await response.json().catch(() => null));
  if (!parsed.success) throw new Fault('directory-unreadable', 'CarrierX answered something unreadable');
  return parsed.data;
}

/**
 * Lists partners by name from CarrierX Core API, to the last page: ten rows is its default, so a short page proves
 * nothing.
 *
 * @throws {Fault} `directory-unavailable` or `directory-unreadable`
 */
export function createPartnerDirectory(options: { baseUrl: string; token: string }): PartnerDirectory {
  return {
    async listPartners() {
      const found: { sid: string; name: string }[] = [];
      for (;;) {
        const { items, has_more: hasMore } = await readPage(options.baseUrl, options.token, found.length);
        for (const item of items) found.push({ sid: item.partner_sid, name: item.company_name });
        if (!hasMore || items.length === 0) return found;
      }
    },
  };
}
