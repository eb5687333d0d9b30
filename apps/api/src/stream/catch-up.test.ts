import { describe, expect, test } from '@jest/globals';
import { systemClock } from '../domain/clock.ts';
import { openSqliteStore } from '../store/sqlite/open.ts';
import type { Store } from '../store/store.ts';
import { createReader, names, prepareStream } from './fixture-for-tests.ts';

const stream = prepareStream((file) =>
  openSqliteStore({
    file,
    clock: systemClock,
    process: { id: 'prc_1', pid: process.pid, host: 'test' },
  }),
);
const { createHub, post } = stream;

describe('a returning reader', () => {
  test('gets what it missed, without a gap and without a double, and then goes on live', async () => {
    const hub = createHub(systemClock);
    const before = createReader();
    await before.open(hub);
    await post('a', 'b');
    await before.until(() => before.eventIds().length === 2);
    const lastEventId = before.lastId();
    before.leave();
    for (const name of names(450, 'missed')) await post(name);
    // Commits go on while it catches up, and others listen.
    const other = createReader();
    await other.open(hub);
    const writing = (async () => {
      for (const name of names(150, 'meanwhile')) await post(name);
    })();
    const after = createReader();
    await after.open(hub, { lastEventId });
    await writing;
    await post('last');
    await after.until(() => after.eventIds().includes('last'));
    const expected = [...names(450, 'missed'), ...names(150, 'meanwhile'), 'last'];
    expect(after.eventIds()).toEqual(expected);
    expect(after.named('reset')).toEqual([]);
  });

  test('each of many that return at different places is gapless', async () => {
    const hub = createHub(systemClock);
    const first = createReader();
    await first.open(hub);
    const all = names(40);
    for (const name of all) await post(name);
    await first.until(() => first.eventIds().length === 40);
    const writing = (async () => {
      for (const name of names(40, 'later')) await post(name);
    })();
    const positions = first.named('event.accepted').map(({ id }) => id ?? null);
    const readers = await Promise.all(
      positions.map(async (lastEventId) => {
        const reader = createReader();
        await reader.open(hub, { lastEventId });
        return reader;
      }),
    );
    await writing;
    for (const [index, reader] of readers.entries()) {
      await reader.until(() => reader.eventIds().includes('later39'));
      expect(reader.eventIds()).toEqual([...all.slice(index + 1), ...names(40, 'later')]);
    }
  });

  test('what is committed between its last steps comes once, also when others listen', async () => {
    let hasReadForAll = false;
    const slippedIn: string[] = [];
    let slipping: Promise<void> = Promise.resolve();
    let isOver = false;
    const eager = {
      ...stream.store,
      // A commit slips in between the reading for all and the one that this reader then does for itself.
      async changes(input: Parameters<Store['changes']>[0]) {
        const isForSelf = !input.thin && hasReadForAll;
        hasReadForAll = input.thin;
        if (isForSelf && !isOver) {
          slippedIn.push(`between${slippedIn.length}`);
          slipping = post(slippedIn.at(-1) ?? '');
          await slipping;
        }
        return stream.store.changes(input);
      },
    };
    const hub = createHub(systemClock, { store: eager });
    const [other, returning] = [createReader(), createReader()];
    await other.open(hub);
    await post('missed');
    await other.until(() => other.eventIds().length === 1);
    await returning.open(hub, { lastEventId: '0' });
    await returning.until(() => slippedIn.length > 0);
    await returning.until(() => returning.eventIds().length > slippedIn.length);
    await other.until(() => other.eventIds().length > slippedIn.length);
    isOver = true;
    await slipping;
    await post('last');
    await returning.until(() => returning.eventIds().includes('last'));
    expect(returning.eventIds()).toEqual(['missed', ...slippedIn, 'last']);
  });

  test('a position inside one commit resumes inside it', async () => {
    const hub = createHub(systemClock);
    const first = createReader();
    await first.open(hub);
    await post('a', 'b', 'c');
    await first.until(() => first.eventIds().length === 3);
    const again = createReader();
    await again.open(hub, { lastEventId: first.named('event.accepted')[0]?.id ?? null });
    await again.until(() => again.eventIds().length === 2);
    expect(again.eventIds()).toEqual(['b', 'c']);
  });

  test.each(['999999999', 'nonsense', '-1', ''])(
    'a position that is not kept (%j) is told to reload, and the stream goes on',
    async (lastEventId) => {
      const reader = createReader();
      await post('old');
      await reader.open(createHub(systemClock), { lastEventId });
      expect(reader.named('reset')).toMatchObject([{ data: { reason: 'position_not_kept' } }]);
      expect(reader.lastId()).toBe(await stream.store.changePosition());
      await post('new');
      await reader.until(() => reader.eventIds().length > 0);
      expect(reader.eventIds()).toEqual(['new']);
    },
  );
});
