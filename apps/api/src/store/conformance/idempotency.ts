import { describe, expect, test } from '@jest/globals';

import type { NewPlace } from './engine.ts';
import { onEmptyStore } from './fixture.ts';

const DAY_MS = 86_400_000;
const ANSWER = { status: 201, headers: { etag: '"1"' }, body: '{"id":"tgt_1"}' };

/** Idempotency keys. */
export function describeIdempotency(newPlace: NewPlace): void {
  describe('idempotency keys', () => {
    test(
      'the first request starts, a repeat while it runs waits its turn, a repeat afterwards gets its answer',
      onEmptyStore(newPlace, async (store, { clock, open }) => {
        const other = await open();
        const begin = (bodyHash = 'same') =>
          other.beginIdempotent('usr/key', bodyHash, clock.now(), DAY_MS);
        expect(await store.beginIdempotent('usr/key', 'same', clock.now(), DAY_MS)).toEqual({
          outcome: 'started',
        });
        expect(await begin()).toEqual({ outcome: 'in_progress' });
        await store.finishIdempotent('usr/key', ANSWER);
        expect(await begin()).toEqual({ outcome: 'replay', answer: ANSWER });
        expect(await begin('another body')).toEqual({ outcome: 'mismatch' });
        expect(await store.beginIdempotent('usr/other', 'same', clock.now(), DAY_MS)).toEqual({
          outcome: 'started',
        });
      }),
    );
    test(
      'of many requests at once one starts',
      onEmptyStore(newPlace, async (store, { clock, open }) => {
        const other = await open();
        const answers = await Promise.all(
          Array.from({ length: 10 }, (_, index) =>
            (index % 2 === 0 ? store : other).beginIdempotent('key', 'same', clock.now(), DAY_MS),
          ),
        );
        expect(answers.filter(({ outcome }) => outcome === 'started')).toHaveLength(1);
        expect(answers.filter(({ outcome }) => outcome === 'in_progress')).toHaveLength(9);
      }),
    );
    test(
      'a key is freed by a failure on our side, after a minute without an end, and when it is outdated',
      onEmptyStore(newPlace, async (store, { clock }) => {
        const begin = async () =>
          (await store.beginIdempotent('key', 'same', clock.now(), DAY_MS)).outcome;
        await begin();
        await store.finishIdempotent('key', null);
        expect(await begin()).toBe('started');
        clock.advance(59_999);
        expect(await begin()).toBe('in_progress');
        clock.advance(1);
        expect(await begin()).toBe('started');
        await store.finishIdempotent('key', ANSWER);
        clock.advance(DAY_MS - 1);
        expect(await begin()).toBe('replay');
        clock.advance(1);
        expect(await begin()).toBe('started');
      }),
    );
  });
}
