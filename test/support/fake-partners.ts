import { readFileSync } from 'node:fs';
import { Fault } from '#src/domain/faults.ts';
import type { Partner } from '#src/domain/partners.ts';
import type { PartnerDirectory } from '#src/usecases/ports.ts';

type Entry = {
  readonly name: string;
  readonly parent: string | null;
  readonly status: string;
  readonly available_scopes: readonly string[];
};

const FILE = JSON.parse(readFileSync(new URL('../../sandbox/account.json', import.meta.url), 'utf8')) as {
  readonly partners: readonly Entry[];
};

/** CarrierX in memory: the partners of the account file, and how often they were asked for. */
export class FakePartners implements PartnerDirectory {
  readonly partners: Partner[] = FILE.partners.map(({ name, parent, status, available_scopes: scopes }) => ({
    sid: sidOf(name),
    name,
    parent: parent === null ? null : sidOf(parent),
    status,
    scopes: [...scopes],
  }));
  reads = 0;
  /** Scopes are shown in the list alone, as in CarrierX's own samples. */
  listOnly = false;

  edit(name: string, change: Partial<Partner>): void {
    const at = this.partners.findIndex((partner) => partner.name === name);
    this.partners[at] = { ...this.find(sidOf(name)), ...change };
  }

  async listPartners(): Promise<readonly Partner[]> {
    this.reads++;
    return structuredClone(this.partners);
  }

  async readPartner(sid: string): Promise<Partner> {
    this.reads++;
    return { ...this.find(sid), ...(this.listOnly ? { scopes: [] } : {}) };
  }

  find(sid: string): Partner {
    const found = this.partners.find((partner) => partner.sid === sid);
    if (found === undefined) throw new Fault('partners-not-found', 'no such partner');
    return found;
  }
}

function sidOf(name: string): string {
  return `sid-${name.toLowerCase().replaceAll(' ', '-')}`;
}
