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
    const GRACE_MS = 100;
    const successor = (hash: string, expiresAt: number) => ({
      hash,
      expiresAt,
      sealedToken: { keyId: 'k', box: `sealed ${hash}` },
    });
    test(
      'a refresh token is spent for its successor',
      onEmptyStore(newPlace, async (store, { clock }) => {
        const now = clock.now();
        await store.insertRefreshToken(token('h1', 'f', 'usr_ada', now + 1000));
        const rotated = { outcome: 'rotated', userId: 'usr_ada' };
        const spend = (hash: string, next: ReturnType<typeof successor>, at: number) =>
          store.rotateRefreshToken(hash, next, at, GRACE_MS);
        expect(await spend('h1', successor('h2', now + 2000), now)).toEqual(rotated);
        expect(await spend('h2', successor('h3', now + 3000), now + 1500)).toEqual(rotated);
      }),
    );
    test(
      'a spent token that comes again after the grace revokes its whole family, and no other',
      onEmptyStore(newPlace, async (store, { clock }) => {
        const now = clock.now();
        const spend = (hash: string, next: string, at: number) =>
          store.rotateRefreshToken(hash, successor(next, now + 5000), at, GRACE_MS);
        await store.insertRefreshToken(token('h1', 'f', 'usr_ada', now + 1000));
        await store.insertRefreshToken(token('g1', 'g', 'usr_ada', now + 1000));
        await spend('h1', 'h2', now);
        expect(await spend('h1', 'h3', now + GRACE_MS)).toEqual({
          outcome: 'reused',
          userId: 'usr_ada',
        });
        for (const hash of ['h1', 'h2', 'h3'])
          expect(await spend(hash, `${hash}x`, now)).toEqual({ outcome: 'unknown' });
        expect(await spend('g1', 'g2', now)).toMatchObject({ outcome: 'rotated' });
      }),
    );
    test(
      'a token spent a moment ago is answered with the same successor, in every process',
      onEmptyStore(newPlace, async (store, { clock, open }) => {
        const other = await open();
        const now = clock.now();
        const first = successor('h2', now + 5000);
        const repeated = { outcome: 'repeated', userId: 'usr_ada', successor: first };
        await store.insertRefreshToken(token('h1', 'f', 'usr_ada', now + 1000));
        await store.rotateRefreshToken('h1', first, now, GRACE_MS);
        const repeat = (at: number) =>
          other.rotateRefreshToken('h1', successor('other', now + 5000), at, GRACE_MS);
        expect(await repeat(now)).toEqual(repeated);
        expect(await repeat(now + GRACE_MS - 1)).toEqual(repeated);
        const unheardOf = successor('x', now + 5000);
        expect(await store.rotateRefreshToken('other', unheardOf, now, GRACE_MS)).toEqual({
          outcome: 'unknown',
        });
        expect(await other.rotateRefreshToken('h2', unheardOf, now, GRACE_MS)).toMatchObject({
          outcome: 'rotated',
        });
      }),
    );
    test(
      'a revoked session has no grace',
      onEmptyStore(newPlace, async (store, { clock }) => {
        const now = clock.now();
        const spend = () =>
          store.rotateRefreshToken('h1', successor('h2', now + 5000), now, GRACE_MS);
        await store.insertRefreshToken(token('h1', 'f', 'usr_ada', now + 1000));
        await spend();
        await store.revokeSessionsOfUser('usr_ada');
        expect(await spend()).toEqual({ outcome: 'unknown' });
      }),
    );
    test(
      'two processes that spend one token at once hold one successor',
      onEmptyStore(newPlace, async (store, { clock, open }) => {
        const other = await open();
        const now = clock.now();
        await store.insertRefreshToken(token('h1', 'f', 'usr_ada', now + 1000));
        const offered = [successor('a', now + 1000), successor('b', now + 1000)] as const;
        const answers = await Promise.all([
          store.rotateRefreshToken('h1', offered[0], now, GRACE_MS),
          other.rotateRefreshToken('h1', offered[1], now, GRACE_MS),
        ]);
        expect(answers.map(({ outcome }) => outcome).sort()).toEqual(['repeated', 'rotated']);
        const winner = answers.findIndex(({ outcome }) => outcome === 'rotated');
        expect(answers[1 - winner]).toMatchObject({ successor: offered[winner] });
      }),
    );
    test(
      'expired, revoked and unheard-of tokens are unknown',
      onEmptyStore(newPlace, async (store, { clock }) => {
        const now = clock.now();
        const rotate = async (hash: string) =>
          (await store.rotateRefreshToken(hash, successor(`${hash}+`, now + 9), now, GRACE_MS))
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
