import { describe, expect, it } from 'vitest';
import { fileHosts } from '#src/adapters/slack-chat/file-hosts.ts';

describe('the addresses that get the token or a file', () => {
  it.each([
    ['https://files.slack.com/files-pri/T1-F1/download/a.csv', true],
    ['https://files.slack.com/upload/v1/abc', true],
    ['https://acme.slack.com/files-pri/T1-F1/a.csv', true],
    ['https://slack.com/x', true],
    ['http://files.slack.com/x', false],
    ['https://files.slack.com:8443/x', false],
    ['https://files.slack.com.evil.example/x', false],
    ['https://evilslack.com/x', false],
    ['https://files.slack.com@evil.example/x', false],
    ['https://evil.example@files.slack.com/x', false],
    ['https://evil.example/files.slack.com', false],
    ['ftp://files.slack.com/x', false],
    ['file:///etc/passwd', false],
    ['//files.slack.com/x', false],
    ['http://127.0.0.1:4000/x', false],
    ['', false],
  ])('with Slack itself: %s is %s', (address, allowed) => {
    expect(fileHosts(null)(address)).toBe(allowed);
  });

  it.each([
    ['http://127.0.0.1:4000/files-pri/x', true],
    ['http://127.0.0.1:4001/files-pri/x', false],
    ['http://localhost:4000/files-pri/x', false],
    ['https://127.0.0.1:4000/files-pri/x', false],
    ['https://files.slack.com/files-pri/x', false],
  ])('with another Web API exactly its origin: %s is %s', (address, allowed) => {
    expect(fileHosts('http://127.0.0.1:4000/api/')(address)).toBe(allowed);
  });
});
