import { expect, it } from 'vitest';
import { onEachEngine, onEachStore } from '../engines.ts';
import { opened } from '../open.ts';
import { ACCOUNT, ALICE, BOB, entry, intent, link, pending, role, token } from '../values.ts';

onEachStore('identity links', (open) => {
  it('finds a link by workspace and member, and nobody else', async () => {
    const { store } = await open();
    await store.links.save(link('U1'), entry('link'));
    expect(await store.links.find('T1', 'U1')).toEqual(link('U1'));
    expect(await store.links.find('T2', 'U1')).toBeNull();
    expect(await store.links.find('T1', 'U2')).toBeNull();
  });

  it('replaces a link when the member is proved to be someone else', async () => {
    const { store } = await open();
    await store.links.save(link('U1'), entry('link'));
    await store.links.save(link('U1', { extension: BOB, proof: 'sign-in', linkedAt: 9 }), entry('link'));
    expect(await store.links.find('T1', 'U1')).toEqual(link('U1', { extension: BOB, proof: 'sign-in', linkedAt: 9 }));
    expect(await store.audit.list({ limit: 10 })).toHaveLength(2);
  });

  it('finds many at once, more than one statement may name', async () => {
    const { store } = await open();
    await store.links.save(link('U7'), entry('link'));
    await store.links.save(link('U1200'), entry('link'));
    const members = Array.from({ length: 1300 }, (_, n) => `U${n}`);
    expect((await store.links.findMany('T1', members)).map((found) => found.member)).toEqual(['U7', 'U1200']);
    expect(await store.links.findMany('T1', [])).toEqual([]);
  });
});

onEachStore('claims', (open) => {
  it('lets the first of several through, for each source and key', async () => {
    const { store } = await open();
    const claims = await Promise.all(Array.from({ length: 8 }, () => store.claimOnce('slack', 'Ev1', 2_000_000)));
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await store.claimOnce('slack', 'Ev2', 2_000_000)).toBe(true);
    expect(await store.claimOnce('terminal', 'Ev1', 2_000_000)).toBe(true);
  });

  it('can be made again once it has run out, not a moment earlier', async () => {
    const { store, clock } = await open();
    await store.claimOnce('slack', 'Ev1', clock.at + 100);
    clock.at += 99;
    expect(await store.claimOnce('slack', 'Ev1', clock.at + 100)).toBe(false);
    clock.at += 1;
    expect(await store.claimOnce('slack', 'Ev1', clock.at + 100)).toBe(true);
  });
});

onEachStore('pending questions', (open) => {
  it('gives back what was saved', async () => {
    const { store } = await open();
    await store.pending.save(pending('p1'), entry('plan'));
    expect(await store.pending.load('p1')).toEqual(pending('p1'));
    expect(await store.pending.load('p2')).toBeNull();
  });

  it('lets one of many clicks win, and records only that one', async () => {
    const { store } = await open();
    await store.pending.save(pending('p1'), null);
    const clicks = Array.from({ length: 10 }, (_, n) =>
      store.pending.move('p1', 1, 'open', 'taken', entry(`click-${n}`)),
    );
    expect((await Promise.all(clicks)).filter(Boolean)).toHaveLength(1);
    expect(await store.audit.list({ limit: 100 })).toHaveLength(1);
    expect((await store.pending.load('p1'))?.state).toBe('taken');
  });

  it.each([
    { why: 'the version differs', id: 'p1', version: 2, from: 'open' as const },
    { why: 'it is in another state', id: 'p1', version: 1, from: 'taken' as const },
    { why: 'there is no such question', id: 'p9', version: 1, from: 'open' as const },
  ])('does not move when $why', async ({ id, version, from }) => {
    const { store } = await open();
    await store.pending.save(pending('p1'), null);
    expect(await store.pending.move(id, version, from, 'done', entry('x'))).toBe(false);
    expect((await store.pending.load('p1'))?.state).toBe('open');
    expect(await store.audit.list({ limit: 10 })).toEqual([]);
  });

  it('takes a newer version of a question and drops votes for the older one', async () => {
    const { store } = await open();
    await store.pending.save(pending('p1'), null);
    await store.pending.save(pending('p1', { version: 2, body: '{"plan":2}' }), null);
    expect(await store.pending.move('p1', 1, 'open', 'taken', null)).toBe(false);
    expect(await store.pending.move('p1', 2, 'open', 'taken', null)).toBe(true);
    await expect(store.pending.save(pending('p1', { version: 2 }), entry('again'))).rejects.toMatchObject({
      code: 'store-conflict',
    });
    expect(await store.pending.load('p1')).toMatchObject({ version: 2, state: 'taken', body: '{"plan":2}' });
    expect(await store.audit.list({ limit: 10 })).toEqual([]);
  });

  it('keeps an expired question for late clicks, then sweeps it, but never one with an unsettled change', async () => {
    const week = 7 * 24 * 60 * 60 * 1000;
    const { store, clock } = await open();
    await store.pending.save(pending('old', { expiresAt: clock.at + 1 }), null);
    await store.pending.save(pending('working', { expiresAt: clock.at + 1 }), null);
    await store.intents.record(intent('i1', { pendingId: 'working' }), entry('intent'));
    clock.at += week;
    await store.pending.save(pending('next', { expiresAt: clock.at + 1 }), null);
    expect(await store.pending.load('old')).not.toBeNull();
    clock.at += 1;
    await store.pending.save(pending('after', { expiresAt: clock.at + 1 }), null);
    expect(await store.pending.load('old')).toBeNull();
    expect(await store.pending.load('working')).not.toBeNull();
  });
});

onEachStore('leases', (open) => {
  it('belongs to one holder until released', async () => {
    const { store } = await open();
    const first = await store.lease(ACCOUNT, BOB, 'a', 1000, 500);
    expect(first).toMatchObject({ fence: 1, until: 1500 });
    expect(await store.lease(ACCOUNT, BOB, 'b', 1000, 500)).toBeNull();
    expect(await store.lease(ACCOUNT, BOB, 'a', 1000, 500)).toBeNull();
    expect(await store.lease(ACCOUNT, ALICE, 'b', 1000, 500)).toMatchObject({ fence: 1 });
    await first?.release();
    expect(await store.lease(ACCOUNT, BOB, 'b', 1000, 500)).toMatchObject({ fence: 2 });
  });

  it('runs out by itself, and a late release by the former holder takes nothing away', async () => {
    const { store } = await open();
    const late = await store.lease(ACCOUNT, BOB, 'a', 1000, 500);
    expect(await store.lease(ACCOUNT, BOB, 'b', 1499, 500)).toBeNull();
    expect(await store.lease(ACCOUNT, BOB, 'b', 1500, 500)).toMatchObject({ fence: 2 });
    await late?.release();
    expect(await store.lease(ACCOUNT, BOB, 'c', 1501, 500)).toBeNull();
  });

  it('goes to exactly one of many that ask at once', async () => {
    const { store } = await open();
    const asked = Array.from({ length: 10 }, (_, n) => store.lease(ACCOUNT, BOB, `h${n}`, 1000, 500));
    expect((await Promise.all(asked)).filter((lease) => lease !== null)).toHaveLength(1);
  });
});

onEachStore('intents', (open) => {
  it('are unsettled until the outcome is known, and settled once', async () => {
    const { store } = await open();
    await store.intents.record(intent('i1'), entry('intent'));
    expect(await store.intents.unsettled()).toEqual([{ ...intent('i1'), outcome: null }]);
    expect(await store.intents.settle('i1', { kind: 'changed', verifiedAt: 12 }, entry('outcome'))).toBe(true);
    expect(await store.intents.settle('i1', { kind: 'unchanged' }, entry('outcome'))).toBe(false);
    expect(await store.intents.unsettled()).toEqual([]);
    expect((await store.audit.list({ limit: 10 })).map((row) => row.action)).toEqual(['outcome', 'intent']);
  });

  it('stay open when the truth could not be read, with what is known so far', async () => {
    const { store } = await open();
    await store.intents.record(intent('i1'), entry('intent'));
    const unknown = { kind: 'unsettled', code: 'directory-unavailable' } as const;
    expect(await store.intents.settle('i1', unknown, entry('outcome'))).toBe(true);
    expect(await store.intents.unsettled()).toEqual([{ ...intent('i1'), outcome: unknown }]);
    expect(await store.intents.settle('i1', { kind: 'moved', found: [role('9')] }, entry('outcome'))).toBe(true);
    expect(await store.intents.unsettled()).toEqual([]);
  });

  it('come oldest first', async () => {
    const { store } = await open();
    await store.intents.record(intent('later', { createdAt: 20 }), entry('intent'));
    await store.intents.record(intent('sooner', { createdAt: 15 }), entry('intent'));
    expect((await store.intents.unsettled()).map((found) => found.id)).toEqual(['sooner', 'later']);
  });
});

onEachStore('threads', (open) => {
  it('remember their subject for each person until it runs out', async () => {
    const { store, clock } = await open();
    await store.threads.save('C1:17', ALICE, 'about bob', clock.at + 10);
    await store.threads.save('C1:17', BOB, 'about carol', clock.at + 20);
    await store.threads.save('C1:17', ALICE, 'about dave', clock.at + 10);
    expect(await store.threads.load('C1:17', ALICE)).toBe('about dave');
    expect(await store.threads.load('C1:18', ALICE)).toBeNull();
    clock.at += 10;
    expect(await store.threads.load('C1:17', ALICE)).toBeNull();
    expect(await store.threads.load('C1:17', BOB)).toBe('about carol');
  });
});

onEachEngine('tokens', (open) => {
  it('gives back what was saved, the latest of several, and nothing after it was dropped', async () => {
    const { store } = await open();
    expect(await store.tokens.load(ALICE)).toBeNull();
    await store.tokens.save(ALICE, token());
    await store.tokens.save(ALICE, token({ accessToken: 'second', refreshToken: null, refreshExpiresAt: null }));
    expect(await store.tokens.load(ALICE)).toEqual(
      token({ accessToken: 'second', refreshToken: null, refreshExpiresAt: null }),
    );
    await store.tokens.drop(ALICE);
    expect(await store.tokens.load(ALICE)).toBeNull();
  });
});

onEachEngine('keepsakes', (open) => {
  const bytes = (text: string) => new Uint8Array(Buffer.from(text));

  it('gives back the bytes that were left last, to whoever opens the folder next', async () => {
    const { store: first, spot } = await open();
    await first.keepsakes.save('names', bytes('old'));
    await first.keepsakes.save('names', bytes('new \u0000 bytes'));
    await first.close();
    const second = await opened(spot);
    expect(Buffer.from((await second.keepsakes.load('names')) ?? []).toString()).toBe('new \u0000 bytes');
  });

  it('knows nothing that was not left or was dropped', async () => {
    const { store } = await open();
    expect(await store.keepsakes.load('names')).toBeNull();
    await store.keepsakes.save('names', bytes('x'));
    await store.keepsakes.drop('names');
    expect(await store.keepsakes.load('names')).toBeNull();
  });
});

onEachEngine('what cannot be written', (open) => {
  it('keeps neither the link nor the record when the record cannot be written', async () => {
    const { store } = await open();
    const unwritable = entry('link', { at: 'never' as unknown as number });
    await expect(store.links.save(link('U1'), unwritable)).rejects.toThrow();
    expect(await store.links.find('T1', 'U1')).toBeNull();
    expect(await store.audit.list({ limit: 10 })).toEqual([]);
  });
  it('are recorded with their audit entry or not at all', async () => {
    const { store } = await open();
    await store.intents.record(intent('i1'), entry('intent'));
    await expect(store.intents.record(intent('i1'), entry('intent'))).rejects.toMatchObject({ code: 'store-conflict' });
    const unwritable = entry('outcome', { at: 'never' as unknown as number });
    await expect(store.intents.settle('i1', { kind: 'unchanged' }, unwritable)).rejects.toThrow();
    expect(await store.intents.unsettled()).toHaveLength(1);
    expect(await store.audit.list({ limit: 10 })).toHaveLength(1);
  });

  it('keeps text exactly as it will be read back', async () => {
    const { store } = await open();
    await store.audit.append(entry('a', { subject: 'half \ud800 sign, nul \0, Köhler 🎺', body: '{"x":"\udfff"}' }));
    expect(await store.audit.list({ limit: 1 })).toMatchObject([
      entry('a', { subject: 'half \ufffd sign, nul , Köhler 🎺', body: '{"x":"\ufffd"}' }),
    ]);
  });
});

onEachEngine('a store that is opened again', (open) => {
  it('still holds everything', async () => {
    const { store: first, spot } = await open();
    await first.links.save(link('U1'), entry('link'));
    await first.tokens.save(ALICE, token());
    await first.pending.save(pending('p1'), null);
    await first.intents.record(intent('i1'), entry('intent'));
    await first.lease(ACCOUNT, BOB, 'a', 1000, 500);
    await first.close();
    const second = await opened(spot);
    expect(await second.links.find('T1', 'U1')).toEqual(link('U1'));
    expect(await second.tokens.load(ALICE)).toEqual(token());
    expect(await second.pending.load('p1')).toEqual(pending('p1'));
    expect(await second.intents.unsettled()).toHaveLength(1);
    expect(await second.lease(ACCOUNT, BOB, 'b', 1499, 500)).toBeNull();
    expect((await second.audit.list({ limit: 10 })).map((row) => row.action)).toEqual(['intent', 'link']);
  });
});

onEachEngine('shared documents', (open) => {
  it('are changed by one after the other, each seeing what the one before left', async () => {
    const { store, spot, clock } = await open();
    const other = await opened({ ...spot, clock });
    const add = (by: typeof store, name = 'sum') =>
      by.shared.change(name, (body, now) => {
        const sum = Number(body ?? '0') + 1;
        return { body: String(sum), result: { sum, now } };
      });
    const results = await Promise.all(Array.from({ length: 20 }, (_, n) => add(n % 2 ? store : other)));
    const sums = results.map(({ sum }) => sum).sort((a, b) => a - b);
    expect(sums).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    expect(new Set(results.map(({ now }) => now))).toEqual(new Set([clock.now()]));
    expect(await add(store, 'another')).toMatchObject({ sum: 1 });
  });
});
