import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findElement, interactiveElements } from '#sandbox/slack/blocks/find-element.ts';
import { checkMessageContent } from '#sandbox/slack/blocks/message-content.ts';
import { checkView } from '#sandbox/slack/blocks/validate-view.ts';
import { withIds } from '#sandbox/slack/blocks/with-ids.ts';
import { makeIds } from '#sandbox/slack/ids.ts';
import { type Rig, startRig } from './harness.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.close());

const json = () => fc.jsonValue({ maxDepth: 4 });
const types = [
  'section',
  'actions',
  'context',
  'input',
  'table',
  'data_table',
  'rich_text',
  'container',
  'carousel',
  'card',
  'button',
];
const block = () =>
  fc.record(
    {
      type: fc.constantFrom(...types),
      text: json(),
      elements: fc.oneof(json(), fc.array(fc.record({ type: fc.constantFrom(...types), text: json() }))),
      rows: json(),
      element: json(),
      accessory: json(),
      child_blocks: json(),
    },
    { requiredKeys: ['type'] },
  );

describe('whatever an app sends', () => {
  it('is judged, never a crash', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(block(), fc.dictionary(fc.string(), json()))), (blocks) => {
        expect(Object.keys(checkMessageContent({ text: 'x', blocks }, 'chat')).length).toBeGreaterThan(0);
        expect(Object.keys(checkView({ type: 'modal', blocks }, null)).length).toBeGreaterThan(0);
        interactiveElements(blocks);
        findElement(blocks, { actionId: 'x' });
      }),
    );
  });

  it('keeps its content when missing ids are filled in, and filling in twice changes nothing', () => {
    const ids = makeIds(1);
    fc.assert(
      fc.property(fc.array(block()), (blocks) => {
        // As it comes over the wire, where there is no negative zero.
        const sent = JSON.parse(JSON.stringify(blocks));
        const filled = withIds(ids, sent);
        expect(withIds(ids, filled)).toEqual(filled);
        expect(filled).toMatchObject(sent);
      }),
    );
  });

  it("over the Web API gets an answer of Slack's form", async () => {
    const methods = [
      'chat.postMessage',
      'chat.update',
      'chat.postEphemeral',
      'views.open',
      'views.publish',
      'users.info',
      'users.list',
      'conversations.open',
      'conversations.members',
      'assistant.threads.setStatus',
    ];
    const names = [
      'channel',
      'user',
      'users',
      'text',
      'blocks',
      'attachments',
      'ts',
      'thread_ts',
      'view',
      'trigger_id',
      'user_id',
      'cursor',
      'limit',
      'metadata',
      'status',
      'channel_id',
    ];
    const args = fc.dictionary(
      fc.constantFrom(...names),
      fc.oneof(json(), fc.constantFrom('C0GENERAL', 'U104', 'DU104', '[]', '{}', '[{"type":"divider"}]')),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...methods), args, async (method, given) => {
        const answer = await rig.api(method, given);
        expect(answer.status).toBe(200);
        expect(answer.ok === true || typeof answer.error === 'string').toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});

describe('whatever a test asks of the control API', () => {
  it('gets an answer, never a fault of the sandbox', async () => {
    const routes = [
      '/act/command',
      '/act/message',
      '/act/edit',
      '/act/delete',
      '/act/click',
      '/act/submit',
      '/act/home',
      '/act/shortcut',
      '/act/options',
      '/faults',
    ];
    const names = [
      'user',
      'channel',
      'text',
      'ts',
      'threadTs',
      'command',
      'viewId',
      'actionId',
      'value',
      'selected',
      'values',
      'tab',
      'method',
      'fault',
    ];
    const body = fc.dictionary(
      fc.constantFrom(...names),
      fc.oneof(json(), fc.constantFrom('C0GENERAL', 'U104', 'DU104', '/fixture', 'start', 'nothing')),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...routes), body, async (route, given) => {
        const response = await fetch(rig.slack.controlUrl + route, { method: 'POST', body: JSON.stringify(given) });
        expect(response.status).toBeLessThan(500);
      }),
      { numRuns: 150 },
    );
  });
});
