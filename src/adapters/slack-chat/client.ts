import { webApi } from '@slack/bolt';
import { z } from 'zod';
import { Fault } from '../../domain/faults.ts';
import type { Log } from '../../usecases/ports.ts';
import { slackFault } from './faults.ts';
import { sdkLogger } from './sdk-log.ts';

/** Who the app is in the workspace where it is installed. */
export type Installation = {
  readonly team: string;
  readonly enterprise: string | null;
  readonly botId: string;
  readonly botUserId: string;
  readonly teamName: string | null;
};

const AuthTest = z.object({
  team_id: z.string(),
  enterprise_id: z.string().nullish(),
  bot_id: z.string(),
  user_id: z.string(),
  team: z.string().nullish(),
});

/**
 * Options of every Web API call made for a person who waits.
 *
 * The SDK's own defaults are no timeout and ten tries over half an hour. A rate limit is answered at once instead of
 * stopping every other call behind it. `headers` stay unset: the SDK writes the token into that object and shares it.
 */
export function clientOptions(apiUrl: string | null, log: Log): webApi.WebClientOptions {
  return {
    ...(apiUrl === null ? {} : { slackApiUrl: apiUrl }),
    timeout: 10_000,
    retryConfig: { retries: 2, minTimeout: 300, maxTimeout: 2000, factor: 2, randomize: true },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    logger: sdkLogger(log),
  };
}

/** A client that speaks as the app. */
export function slackClient(botToken: string, apiUrl: string | null, log: Log): webApi.WebClient {
  return new webApi.WebClient(botToken, clientOptions(apiUrl, log));
}

/**
 * Asks Slack who the token belongs to.
 *
 * @throws {Fault} `config-invalid` when Slack does not accept the token, `chat-undeliverable` when it does not answer
 */
export async function readInstallation(client: webApi.WebClient): Promise<Installation> {
  const answer = await client.auth.test().catch((error: unknown) => {
    throw slackFault(error, 'sign in with SLACK_BOT_TOKEN');
  });
  const parsed = AuthTest.safeParse(answer);
  if (!parsed.success) {
    throw new Fault('config-invalid', 'SLACK_BOT_TOKEN is not the token of a bot: Slack names no bot for it.');
  }
  const { team_id, enterprise_id, bot_id, user_id, team } = parsed.data;
  return {
    team: team_id,
    enterprise: enterprise_id ?? null,
    botId: bot_id,
    botUserId: user_id,
    teamName: team ?? null,
  };
}
