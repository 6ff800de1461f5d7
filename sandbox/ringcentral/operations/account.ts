import { ok } from '../http/reply.ts';
import type { World } from '../world.ts';
import { accountUri, extensionUri, type Operation } from './operation.ts';

const MAIN_NUMBER = '+13035550100';

function renderAccount(world: World): object {
  const { account } = world;
  const operator = account.extensions.find((extension) => extension.type === 'IvrMenu') ?? account.extensions[0];
  return {
    id: account.id,
    uri: accountUri(world),
    mainNumber: MAIN_NUMBER,
    status: 'Confirmed',
    setupWizardState: 'Completed',
    federated: false,
    ...(operator === undefined
      ? {}
      : {
          operator: {
            uri: extensionUri(world, operator),
            id: operator.id,
            extensionNumber: operator.number,
          },
        }),
    serviceInfo: {
      uri: accountUri(world, '/service-info'),
      brand: { id: '1210', name: 'RingCentral', homeCountry: renderCountry(world) },
      servicePlan: { id: '1', name: 'Sandbox', edition: 'Premium' },
    },
    regionalSettings: renderRegionalSettings(world),
  };
}

function renderCountry(world: World): object {
  return {
    id: '1',
    uri: `${world.origin}/restapi/v1.0/dictionary/country/1`,
    name: 'United States',
    isoCode: 'US',
    callingCode: '1',
  };
}

/** Region, time zone and language, the same for the account, its sites and its people. */
export function renderRegionalSettings(world: World): object {
  const language = { id: '1033', localeCode: 'en-US', name: 'English (United States)' };
  return {
    homeCountry: renderCountry(world),
    timezone: {
      uri: `${world.origin}/restapi/v1.0/dictionary/timezone/1`,
      id: '1',
      name: world.account.timeZone,
      description: world.account.timeZone,
    },
    language,
    greetingLanguage: language,
    formattingLocale: language,
    timeFormat: '12h',
  };
}

/** The account itself. */
export const ACCOUNT_OPERATIONS: readonly Operation[] = [
  {
    operationId: 'readAccountInfo',
    method: 'GET',
    path: '/restapi/v1.0/account/{accountId}',
    group: 'Light',
    availability: 'High',
    app: 'ReadAccounts',
    user: { permission: 'ReadCompanyInfo', over: 'account' },
    handle: ({ world }) => ok(renderAccount(world)),
  },
];
