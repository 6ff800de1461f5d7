import { randomBytes } from 'node:crypto';
import type { Sandboxes } from './live.ts';

/** The environment of a service with credentials, as an operator would write it. */
export function liveEnvironment({ ringcentral, slack }: Sandboxes, dataDir: string, key = randomBytes(32)) {
  return {
    RC_SERVER_URL: ringcentral.serverUrl,
    RC_APP_CLIENT_ID: ringcentral.clientId,
    RC_APP_CLIENT_SECRET: ringcentral.clientSecret,
    RC_USER_JWT: ringcentral.jwt,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    ROLECALL_ALLOW_LOOPBACK_APIS: '1',
    ROLECALL_ENCRYPTION_KEY: key.toString('base64'),
    ROLECALL_DATA_DIR: dataDir,
    LOG_LEVEL: 'error',
  };
}
