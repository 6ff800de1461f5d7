import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseButton } from '#handlers/slack/payloads.ts';
import { toBlockKit } from '#src/cards/index.ts';
import type { Button } from '#src/domain/reply.ts';

const buttons: fc.Arbitrary<Button> = fc
  .record({
    action: fc.constantFrom('confirm' as const, 'cancel' as const, 'choose' as const),
    id: fc.stringMatching(/^[\w-]{1,64}$/),
    version: fc.nat(1000),
    position: fc.nat(24),
  })
  .map(({ position, ...button }) => ({ ...button, index: button.action === 'choose' ? position : null }));

describe('a button', () => {
  it('reads back as exactly what was put on it', () => {
    fc.assert(
      fc.property(buttons, (button) => {
        const card = {
          headline: 'x',
          parts: [],
          footnote: '',
          buttons: [{ label: 'x', button, style: null, confirm: null }],
        };
        const [element] = toBlockKit(card).blocks.flatMap((block) => (block.type === 'actions' ? block.elements : []));
        expect(parseButton(element?.action_id ?? '', element?.value)).toEqual(button);
      }),
    );
  });

  it('with any other content is not read at all', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (value) => {
        expect(parseButton('rolecall:confirm', value)).toBeNull();
      }),
    );
    expect(parseButton('rolecall:choose', '{"id":"q","version":1,"index":null}')).toBeNull();
    expect(parseButton('rolecall:approve', '{"id":"q","version":1,"index":null}')).toBeNull();
    expect(parseButton('rolecall:confirm:1', '{"id":"q","version":1,"index":null}')).toBeNull();
    expect(parseButton('rolecall:confirm', undefined)).toBeNull();
  });
});
