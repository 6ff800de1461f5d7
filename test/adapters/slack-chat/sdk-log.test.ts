import { describe, expect, it } from 'vitest';
import { sdkLogger, withoutSecrets } from '#src/adapters/slack-chat/sdk-log.ts';

describe('the log of the SDK', () => {
  it.each([
    'token xoxb-1-2-abc rejected',
    'using xapp-1-A0-2-def',
    'POST https://hooks.slack.com/actions/T1/2/abc failed',
    'wss://wss-primary.slack.com/link/?ticket=abc&app_id=1 closed',
    'redirected to https://slack.example/x?ticket=abc',
  ])('holds nothing that grants anything: %s', (text) => {
    expect(withoutSecrets(text)).toContain('[removed]');
    expect(withoutSecrets(text)).not.toMatch(/abc|def/);
  });

  it('drops debug lines, which hold whole payloads, and never asks for them', () => {
    const written: string[] = [];
    const write = (message: string): void => {
      written.push(message);
    };
    const logger = sdkLogger({ debug: write, info: write, warn: write, error: write });
    logger.debug('response_url=https://hooks.slack.com/x');
    logger.error(new Error('with xoxb-1-secret'));
    expect(written).toEqual(['slack sdk: with [removed]']);
    expect(logger.getLevel()).not.toBe('debug');
  });
});
