import { readFileSync } from 'node:fs';

export type PersonRow = {
  readonly ext: string;
  readonly name: string;
  readonly type: string;
  readonly site: string;
  readonly department?: string;
  readonly roles?: readonly string[];
  readonly status?: string;
  readonly email?: string;
};

/** The part of the account file that concerns RingCentral. */
export type AccountFile = {
  readonly company: {
    readonly name: string;
    readonly accountId: number;
    readonly emailDomain: string;
    readonly timeZone: string;
    readonly sites: readonly string[];
  };
  readonly roles: readonly { readonly id: string; readonly displayName: string; readonly custom: boolean }[];
  readonly people: readonly PersonRow[];
  readonly defaultRole: string;
};

/** The account file that ships with the sandbox. */
const ACCOUNT_FILE = new URL('../../account.json', import.meta.url);

/** Reads an account file. @throws {Error} when it cannot be read or is not JSON */
export function readAccountFile(file?: string): AccountFile {
  return JSON.parse(readFileSync(file ?? ACCOUNT_FILE, 'utf8')) as AccountFile;
}
