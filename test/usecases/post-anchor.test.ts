import { describe, expect, it } from 'vitest';
import type { Reply } from '#src/domain/reply.ts';
import { ANCHOR, anchorLater, postAnchor } from '#src/usecases/post-anchor.ts';
import { takeDue } from '#src/usecases/run-due.ts';
import { House, START } from '#test/support/house.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;

class AnchoredHouse extends House {
  readonly posted: Reply[] = [];
  deaf = false;

  /** Does what is due now; gives when it is looked at next. */
  async run(): Promise<number | null> {
    const announce = async (reply: Reply) => {
      if (!this.deaf) this.posted.push(reply);
      return !this.deaf;
    };
    const handlers = { [ANCHOR]: (due: Parameters<typeof postAnchor>[2]) => postAnchor(this.deps, { announce }, due) };
    await Promise.all(await takeDue(this.deps, handlers, { kinds: [ANCHOR], limit: 5, holder: 'test' }));
    return this.store.due.nextAt([ANCHOR]);
  }

  async note(): Promise<void> {
    const entry = { actor: '104', action: 'change.shown', subject: null, reference: 'R', body: '{}' };
    await this.store.audit.append({ at: this.clock.now(), ...entry });
  }
}

describe('the end of the audit trail', () => {
  it('is posted at once and then every day, as verifying takes it', async () => {
    const house = new AnchoredHouse();
    await house.note();
    await house.store.commit([anchorLater(START)], []);
    expect(await house.run()).toBe(START + DAY);
    const head = await house.store.audit.head();
    expect(house.posted.map(({ saying }) => saying)).toEqual([{ kind: 'anchor', ...head }]);
    house.time.at += DAY;
    await house.note();
    expect(await house.run()).toBe(START + 2 * DAY);
    expect(house.posted.map(({ saying }) => saying)).toMatchObject([{ seq: 1 }, { seq: 2 }]);
  });

  it('is posted once a day however often the service starts', async () => {
    const house = new AnchoredHouse();
    await house.note();
    for (let start = 0; start < 3; start++) {
      await house.store.commit([anchorLater(house.clock.now())], []);
      await house.run();
      house.time.at += HOUR;
    }
    expect(house.posted).toHaveLength(1);
  });

  it('is tried again when the channel does not take it', async () => {
    const house = new AnchoredHouse();
    await house.note();
    await house.store.commit([anchorLater(START)], []);
    house.deaf = true;
    expect(await house.run()).toBe(START + HOUR);
    expect(house.logged).toMatchObject([{ level: 'warn', message: 'the end of the audit trail could not be posted' }]);
    house.deaf = false;
    house.time.at += HOUR;
    expect(await house.run()).toBe(START + HOUR + DAY);
    expect(house.posted).toHaveLength(1);
  });

  it('is nothing to tell while the trail is empty', async () => {
    const house = new AnchoredHouse();
    await house.store.commit([anchorLater(START)], []);
    expect(await house.run()).toBe(START + DAY);
    expect(house.posted).toEqual([]);
  });
});
