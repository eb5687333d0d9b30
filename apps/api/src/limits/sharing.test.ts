import { describe, expect, test } from '@jest/globals';
import { FakeClock } from '../domain/fake-clock.ts';
import type { Grant } from './ledger.ts';
import { startSharing, type SharingState } from './sharing.ts';

const EVERY_MS = 500;
const GRANT: Grant = { granted: 1, hits: 1, endsInMs: 1000 };
const ASK = {
  key: 'source:a',
  windowMs: 1000,
  limit: 10,
  spent: 0,
  want: 1,
  heardHits: 0,
  heardEndsInMs: 0,
};

async function setUp(processes: number) {
  const clock = new FakeClock();
  const ledger = {
    join: () => Promise.resolve(processes),
    take: () => Promise.resolve(GRANT),
    isClosed: false,
    close() {
      this.isClosed = true;
      return Promise.resolve();
    },
  };
  const changes: [SharingState, unknown][] = [];
  const sharing = startSharing({
    ledger,
    clock,
    onChange: (state, error) => void changes.push([state, error]),
  });
  await sharing.ready;
  const nextBeat = async (waitMs = EVERY_MS) => {
    clock.advance(waitMs);
    await settled();
  };
  return { clock, ledger, sharing, changes, nextBeat };
}

/** Lets everything that needs no outside event run to its end. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('sharing', () => {
  test('one process counts alone, and says nothing of it', async () => {
    const { sharing, changes } = await setUp(1);
    expect(sharing.state()).toEqual({ mode: 'alone', processes: 1 });
    expect(changes).toEqual([]);
  });

  test('others are noticed half a second after they came or left', async () => {
    const { ledger, sharing, changes, nextBeat } = await setUp(1);
    ledger.join = () => Promise.resolve(3);
    await nextBeat();
    expect(sharing.state()).toEqual({ mode: 'together', processes: 3 });
    ledger.join = () => Promise.resolve(2);
    await nextBeat();
    ledger.join = () => Promise.resolve(1);
    await nextBeat();
    expect(changes.map(([{ mode, processes }]) => [mode, processes])).toEqual([
      ['together', 3],
      ['alone', 1],
    ]);
  });

  test('a ledger that is away is said once, with the reason, and once when it is back', async () => {
    const { ledger, sharing, changes, nextBeat } = await setUp(2);
    const gone = new Error('gone');
    ledger.join = () => Promise.reject(gone);
    for (let beats = 0; beats < 5; beats += 1) await nextBeat();
    expect(sharing.state()).toEqual({ mode: 'apart', processes: 2 });
    ledger.join = () => Promise.resolve(2);
    await nextBeat();
    expect(changes.slice(1)).toEqual([
      [{ mode: 'apart', processes: 2 }, gone],
      [{ mode: 'together', processes: 2 }, null],
    ]);
  });

  test('a ledger that does not answer within a second is away', async () => {
    const { ledger, sharing, changes, nextBeat } = await setUp(2);
    ledger.join = () => new Promise(() => {});
    await nextBeat();
    expect(sharing.state().mode).toBe('together');
    await nextBeat(1000);
    expect(sharing.state().mode).toBe('apart');
    expect(String(changes.at(-1)?.[1])).toContain('1000 ms');
  });

  test('a question that fails says it at once, whatever an earlier heartbeat still answers', async () => {
    const { ledger, sharing, nextBeat } = await setUp(2);
    const answers: ((processes: number) => void)[] = [];
    ledger.join = () => new Promise((resolve) => answers.push(resolve));
    await nextBeat();
    ledger.take = () => Promise.reject(new Error('gone'));
    await expect(sharing.take(ASK)).rejects.toThrow('gone');
    expect(sharing.state().mode).toBe('apart');
    answers[0]?.(2);
    await settled();
    expect(sharing.state().mode).toBe('apart');
    ledger.join = () => Promise.resolve(2);
    await nextBeat();
    expect(sharing.state().mode).toBe('together');
  });

  test('says good-bye when it stops, and nothing afterwards', async () => {
    const { ledger, sharing, changes, nextBeat } = await setUp(1);
    await sharing.stop();
    ledger.join = () => Promise.resolve(9);
    await nextBeat();
    expect(ledger.isClosed).toBe(true);
    expect(changes).toEqual([]);
  });
});
