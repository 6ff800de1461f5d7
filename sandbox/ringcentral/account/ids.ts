/**
 * Internal id of the extension at a place in the account.
 *
 * Never near its short number, and every fourth one is larger than 2^31, as in real accounts: a client that reads
 * ids into 32 bits or takes the number for the id breaks here first.
 */
export function extensionIdAt(index: number): number {
  return (index % 4 === 3 ? 3_100_400_300 : 400_100_300) + index * 13;
}

const FIRST_SITE_ID = 400_200_200;

/** Id of a site other than the main one, by its place in the account file. */
export function siteIdAt(index: number): string {
  return String(FIRST_SITE_ID + index);
}
