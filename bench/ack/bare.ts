import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';

/** A Bolt app that acknowledges and does nothing else: what nobody can be quicker than. */
const { signingSecret, botToken, apiUrl } = JSON.parse(process.argv[2] ?? '{}').slack;
const receiver = new HTTPReceiver({ signingSecret, logLevel: LogLevel.ERROR });
const app = new App({
  token: botToken,
  receiver,
  botId: 'B0',
  botUserId: 'U0',
  tokenVerificationEnabled: false,
  convoStore: false,
  clientOptions: { slackApiUrl: apiUrl },
  logLevel: LogLevel.ERROR,
});
app.command('/rolecall', async ({ ack }) => ack());
const server = await app.start({ port: 0, host: '127.0.0.1' } as never);
console.log(JSON.stringify({ port: (server.address() as AddressInfo).port }));
process.stdin.resume();
process.stdin.once('end', () => process.exit(0));
