import type { Site } from '../../domain/people.ts';
import type { RoleDirectory } from '../../usecases/ports.ts';
import type { Client } from './client.ts';
import type { PeopleDirectory } from './directory.ts';
import { OPERATIONS } from './operations.ts';
import { fetchAll, fetchOne } from './read.ts';
import * as schema from './schema.ts';

type PeopleMethods = PeopleDirectory & Pick<RoleDirectory, 'readExtension' | 'listAdministeredSites' | 'readFeatures'>;

/** The official document allows 2000 here, above the usual maximum. */
const ENTRIES_PER_PAGE = 2000;

/** People, sites and the company directory. */
export function createPeopleMethods(client: Client): PeopleMethods {
  return {
    readAccount: (call) => fetchOne(client, OPERATIONS.readAccountInfo, schema.ACCOUNT, { call }),

    async readExtension(extension, call) {
      const request = { segments: { extension }, call };
      return (await fetchOne(client, OPERATIONS.readExtension, schema.EXTENSION, request)).extension;
    },

    async listExtensions(call, progress) {
      const request = { call, progress };
      const rows = await fetchAll(client, OPERATIONS.listExtensions, LISTED, (row) => row.id, request);
      const named = rows.flatMap((row) => (row.named ? [row.named] : []));
      const skipped = rows.length - named.length;
      if (skipped > 0) client.log.info('extensions that cannot be named are left out', { skipped });
      return {
        extensions: named.map((row) => row.extension),
        companies: named.flatMap((row) => (row.company === null ? [] : [row.company])),
      };
    },

    listSites: (call) => fetchAll<Site>(client, OPERATIONS.listSites, schema.SITE, idOf, { call, perPage: null }),

    readSite: (site, call) => fetchOne(client, OPERATIONS.readSite, schema.SITE, { segments: { site }, call }),

    listSiteMembers(site, call) {
      const request = { segments: { site }, call, perPage: null };
      return fetchAll(client, OPERATIONS.listSiteMembers, schema.SITE_MEMBER, idOf, request);
    },

    listAdministeredSites(extension, call) {
      const request = { segments: { extension }, call, perPage: null };
      return fetchAll<Site>(client, OPERATIONS.listAdministeredSites, schema.SITE, idOf, request);
    },

    readFeatures(extension, features, call) {
      const request = { segments: { extension }, query: { featureId: features }, call, perPage: null };
      return fetchAll(client, OPERATIONS.readExtensionFeatures, schema.FEATURE, idOf, request);
    },

    /** Without `showFederated=false` other companies of a federation would be listed as ours. */
    listEntries(site, call) {
      const request = { query: { showFederated: false, siteId: site }, call, perPage: ENTRIES_PER_PAGE };
      return fetchAll(client, OPERATIONS.listDirectoryEntries, schema.DIRECTORY_ENTRY, idOf, request);
    },

    async searchEntries(words, call) {
      const body = { searchString: words, showFederated: false, page: 1, perPage: SEARCH_SIZE };
      const operation = OPERATIONS.searchDirectoryEntries;
      return (await fetchOne(client, operation, FOUND, { body, call })).records;
    },
  };
}

const SEARCH_SIZE = 100;
const FOUND = schema.listOf(schema.DIRECTORY_ENTRY);
const LISTED = schema.LISTED_EXTENSION;

function idOf(row: { id: string }): string {
  return row.id;
}
