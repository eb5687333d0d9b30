import { describe, expect, test } from '@jest/globals';
import { systemClock } from '../domain/clock.ts';
import { FakeClock } from '../domain/fake-clock.ts';
import { openSqliteStore } from '../store/sqlite/open.ts';
import { createReader, ids, names, newEvent, prepareStream } from './fixture-for-tests.ts';

const stream = prepareStream((file) =>
  openSqliteStore({
    file,
    clock: systemClock,
    process: { id: 'prc_1', pid: process.pid, host: 'test' },
  }),
);
const { createHub, post } = stream;

describe('a busy stream', () => {
  test('is sampled above its limit, and stats say how many were left out', async () => {
    const clock = new FakeClock();
    const reader = createReader();
    const limit = { messagesPerSecond: 10, burst: 10 };
    await reader.open(createHub(clock, { limit }));
    clock.advance(60);
    await stream.store.append(names(100).map((name) => newEvent(name)));
    clock.advance(60);
    await reader.until(() => reader.eventIds().length === 10);
    expect(reader.eventIds().at(-1)).toBe('e99');
    clock.advance(880);
    await reader.until(() => reader.named('stats').length === 1);
    expect(reader.named('stats')[0]?.data).toMatchObject({ leftOut: 90 });
    clock.advance(1000);
    await reader.until(() => reader.named('stats').length === 2);
    expect(reader.named('stats')[1]?.data).toMatchObject({ leftOut: 0 });
  });

  test('gets less where very many are open, and is told so', async () => {
    const clock = new FakeClock();
    const hub = createHub(clock, { limit: { messagesPerSecond: 100, burst: 100 } });
    const readers = Array.from({ length: 100 }, () => createReader());
    for (const reader of readers) await reader.open(hub, { topics: ['event.accepted', 'stats'] });
    clock.advance(500);
    await stream.store.append(names(100).map((name) => newEvent(name)));
    clock.advance(100);
    for (const reader of readers) await reader.until(() => reader.eventIds().length === 50);
    clock.advance(400);
    for (const reader of readers) await reader.until(() => reader.named('stats').length === 1);
    expect(readers[0]?.named('stats')[0]?.data).toMatchObject({ leftOut: 50 });
  });

  test('never samples away that a target, source or subscription changed', async () => {
    const clock = new FakeClock();
    const reader = createReader();
    await reader.open(createHub(clock, { limit: { messagesPerSecond: 0, burst: 0 } }));
    await insertSource('src_1');
    clock.advance(60);
    await reader.until(() => reader.named('source.updated').length === 1);
    expect(reader.named('source.updated')[0]?.data).toEqual({ id: 'src_1' });
  });
});

describe('a slow reader', () => {
  test('is dropped when more waits for it than the bound allows', async () => {
    const clock = new FakeClock();
    const hub = createHub(clock, { limit: { messagesPerSecond: 1e6, burst: 1e6 } });
    const [slow, quick] = [createReader(), createReader()];
    await slow.open(hub, { topics: ['event.accepted'] });
    await quick.open(hub);
    slow.stopReading();
    let expected = 0;
    for (let round = 0; round < 40 && !slow.hasEnded(); round += 1) {
      await stream.store.append(names(100, `r${round}-`).map((name) => newEvent(name)));
      expected += 100;
      clock.advance(200);
      await quick.until(() => quick.eventIds().length === expected);
    }
    expect(slow.hasEnded()).toBe(true);
    expect(slow.chunks.at(-1)).toContain('too_slow');
    expect(hub.size()).toBe(1);
    expect(quick.hasEnded()).toBe(false);
  });

  test('is dropped when it does not read for half a minute', async () => {
    const clock = new FakeClock();
    const reader = createReader();
    await reader.open(createHub(clock));
    reader.stopReading();
    for (let second = 0; second < 40; second += 1) {
      clock.advance(1000);
      await stream.store.ping();
      await stream.store.backlog();
    }
    await reader.until(reader.hasEnded);
    expect(reader.chunks.at(-1)).toContain('too_slow');
  });

  test('that catches up in time has lost nothing', async () => {
    const clock = new FakeClock();
    const hub = createHub(clock);
    const [slow, quick] = [createReader(), createReader()];
    await slow.open(hub);
    await quick.open(hub);
    slow.stopReading();
    for (const name of names(5)) {
      await post(name);
      clock.advance(100);
      await quick.until(() => quick.eventIds().includes(name));
    }
    slow.readOn();
    expect(slow.eventIds()).toEqual(names(5));
  });
});

async function insertSource(id: string): Promise<void> {
  const at = systemClock.now();
  const body = {
    name: id,
    description: '',
    state: 'active',
    allowedSources: [],
    allowedTypes: [],
    ratePerSecond: null,
    schemaPolicy: 'off',
    verification: null,
  } as const;
  const times = { version: 1, createdAt: at, updatedAt: at };
  await stream.store.insertResource(
    { kind: 'source', id, name: id, parentId: null, body, ...times },
    {
      id: ids('aud'),
      at,
      actor: 'system',
      action: 'test',
      subjectId: id,
      address: null,
      before: null,
      after: null,
    },
  );
}
