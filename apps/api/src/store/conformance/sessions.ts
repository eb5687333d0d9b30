import { describe, expect, test } from '@jest/globals';

import type { NewPlace } from './engine.ts';
import { onEmptyStore } from './fixture.ts';

/** Refresh tokens and failed logins. */
export function describeSessions(newPlace: NewPlace): void {
  describe('sessions', () => {
    const token = (hash: string, familyId: string, userId: string, expiresAt: number) => ({
      hash,
      familyId,
      userId,
      expiresAt,
    });
    test(
      'a refresh token is spent for its successor',
      onEmptyStore(newPlace, async (store, { clock }) => {
        const now = clock.now();
        await store.insertRefreshToken(token('h1', 'f', 'usr_ada', now + 1000));
        const rotated = { outcome: 'rotated', userId: 'usr_ada' };
        expect(
          await store.rotateRefreshToken('h1', { hash: 'h2', expiresAt: now + 2000 }, now),
        ).toEqual(rotated);
        expect(
          await store.rotateRefreshToken('h2', { hash: 'h3', expiresAt: now + 3000 }, now + 1500),
        ).toEqual(rotated);
      }),
    );
    test(
      'a spent token that comes again revokes its whole family, and no other',
      onEmptyStore(newPlace, async (store, { clock }) => {
        const now = clock.now();
        const later = { expiresAt: now + 5000 };
        await store.insertRefreshToken(token('h1', 'f', 'usr_ada', now + 1000));
        await store.insertRefreshToken(token('g1', 'g', 'usr_ada', now + 1000));
        await store.rotateRefreshToken('h1', { hash: 'h2', ...later }, now);
        expect(await store.rotateRefreshToken('h1', { hash: 'h3', ...later }, now)).toEqual({
          outcome: 'reused',
          userId: 'usr_ada',
        });
        for (const hash of ['h1', 'h2', 'h3']) {
          const answer = await store.rotateRefreshToken(hash, { hash: `${hash}x`, ...later }, now);
          expect(answer).toEqual({ outcome: 'unknown' });
        }
        expect(await store.rotateRefreshToken('g1', { hash: 'g2', ...later }, now)).toMatchObject({
          outcome: 'rotated',
        });
      }),
    );
    test(
      'two processes that spend one token at once: one rotates, the other finds it reused',
      onEmptyStore(newPlace, async (store, { clock, open }) => {
        const other = await open();
        const now = clock.now();
        await store.insertRefreshToken(token('h1', 'f', 'usr_ada', now + 1000));
        const answers = await Promise.all([
          store.rotateRefreshToken('h1', { hash: 'a', expiresAt: now + 1000 }, now),
          other.rotateRefreshToken('h1', { hash: 'b', expiresAt: now + 1000 }, now),
        ]);
        expect(answers.map(({ outcome }) => outcome).sort()).toEqual(['reused', 'rotated']);
      }),
    );
    test(
      'expired, revoked and unheard-of tokens are unknown',
      onEmptyStore(newPlace, async (store, { clock }) => {
        const now = clock.now();
        const rotate = async (hash: string) =>
          (await store.rotateRefreshToken(hash, { hash: `${hash}+`, expiresAt: now + 9 }, now))
            .outcome;
        await store.insertRefreshToken(token('expired', 'e', 'usr_ada', now));
        await store.insertRefreshToken(token('family', 'f', 'usr_ada', now + 1000));
        await store.insertRefreshToken(token('user', 'u', 'usr_bob', now + 1000));
        await store.insertRefreshToken(token('other', 'o', 'usr_eve', now + 1000));
        await store.revokeFamilyOf('family');
        await store.revokeFamilyOf('never-seen');
        await store.revokeSessionsOfUser('usr_bob');
        expect(await Promise.all(['expired', 'family', 'user', 'none'].map(rotate))).toEqual(
          Array.from({ length: 4 }, () => 'unknown'),
        );
        expect(await rotate('other')).toBe('rotated');
      }),
    );
    test(
      'failed logins are counted by key within a window, and forgotten on demand',
      onEmptyStore(newPlace, async (store, { clock, open }) => {
        const other = await open();
        const count = (key: string) => store.countLoginFailure(key, clock.now(), 1000);
        expect(await count('ada')).toBe(1);
        clock.advance(600);
        expect(await other.countLoginFailure('ada', clock.now(), 1000)).toBe(2);
        expect(await count('bob')).toBe(1);
        expect(await store.loginFailures('ada', clock.now(), 1000)).toEqual({
          count: 2,
          lastAt: clock.now(),
        });
        clock.advance(400);
        expect(await store.loginFailures('ada', clock.now(), 1000)).toMatchObject({ count: 1 });
        expect(await count('ada')).toBe(2);
        await store.clearLoginFailures('ada');
        expect(await store.loginFailures('ada', clock.now(), 1000)).toMatchObject({ count: 0 });
        expect(await store.loginFailures('bob', clock.now(), 1000)).toMatchObject({ count: 1 });
      }),
    );
  });
}
