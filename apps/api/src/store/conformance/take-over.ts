import { describe, expect, test } from '@jest/globals';

import type { Store } from '../store.ts';
import type { NewPlace } from './engine.ts';
import {
  DEAD_PID,
  SILENT_MS,
  claimAll,
  first,
  keepSilent,
  onEmptyStore,
  stateOf,
} from './fixture.ts';
import type { Fixture } from './fixture.ts';

const look = (store: Store, { clock }: Fixture) => store.takeOver(clock.now(), SILENT_MS);

/** Leases of processes that are gone. */
export function describeTakeOver(newPlace: NewPlace): void {
  describe('taking over', () => {
    test(
      'leases of a dead process of this machine are taken over at once',
      onEmptyStore(newPlace, async (store, fixture) => {
        const dead = await fixture.open({
          process: { id: 'prc_dead', pid: DEAD_PID, host: 'here' },
        });
        await dead.append([
          fixture.newEvent(['tgt_a'], { handOff: true }),
          fixture.newEvent(['tgt_a']),
        ]);
        await claimAll(dead, fixture, ['tgt_a']);
        expect(await look(store, fixture)).toBe(2);
        expect(await look(store, fixture)).toBe(0);
        expect(await claimAll(store, fixture, ['tgt_a'])).toHaveLength(2);
      }),
    );
    test(
      'leases of a process that lives and speaks stay with it, and so do own ones',
      onEmptyStore(newPlace, async (store, fixture) => {
        const living = await fixture.open();
        const away = await fixture.open({
          process: { id: 'prc_away', pid: DEAD_PID, host: 'there' },
        });
        for (const one of [store, living, away]) {
          await one.append([fixture.newEvent(['tgt_a'], { handOff: true })]);
        }
        fixture.clock.advance(SILENT_MS - 1);
        expect(await look(store, fixture)).toBe(0);
        await living.heartbeat(fixture.clock.now());
        await away.heartbeat(fixture.clock.now());
        fixture.clock.advance(SILENT_MS - 1);
        expect(await look(store, fixture)).toBe(0);
      }),
    );
    test(
      'leases of another machine are taken over after its silence',
      onEmptyStore(newPlace, async (store, fixture) => {
        const away = await fixture.open({
          process: { id: 'prc_away', pid: process.pid, host: 'there' },
        });
        await away.append([fixture.newEvent(['tgt_a'], { handOff: true })]);
        await keepSilent(store, fixture);
        expect(await look(store, fixture)).toBe(1);
      }),
    );
    test(
      'a process that was stopped and wakes up finds its lease gone and its settle refused',
      onEmptyStore(newPlace, async (store, fixture) => {
        const stopped = await fixture.open();
        const [result] = await stopped.append([fixture.newEvent(['tgt_a'], { handOff: true })]);
        const old = first(result?.claims ?? []);
        await keepSilent(store, fixture);
        expect(await look(store, fixture)).toBe(1);
        const current = first(await claimAll(store, fixture, ['tgt_a']));
        expect(current.delivery.id).toBe(old.delivery.id);
        expect(await stopped.settle([fixture.settlement(old, 'succeeded')])).toEqual(['stale']);
        expect(await stateOf(store, current)).toBe('delivering');
        expect(await store.settle([fixture.settlement(current, 'succeeded')])).toEqual(['settled']);
      }),
    );
    test(
      'a process that was given up and speaks again works on as before',
      onEmptyStore(newPlace, async (store, fixture) => {
        const stopped = await fixture.open();
        await keepSilent(store, fixture);
        await store.heartbeat(fixture.clock.now());
        await look(store, fixture);
        await stopped.heartbeat(fixture.clock.now());
        const [result] = await stopped.append([fixture.newEvent(['tgt_a'], { handOff: true })]);
        expect(await look(store, fixture)).toBe(0);
        const settlement = fixture.settlement(first(result?.claims ?? []), 'succeeded');
        expect(await stopped.settle([settlement])).toEqual(['settled']);
      }),
    );
    test(
      'leases that a process took after it was given up are not lost when it ends',
      onEmptyStore(newPlace, async (store, fixture) => {
        const stopped = await fixture.open();
        await keepSilent(store, fixture);
        await look(store, fixture);
        await stopped.append([fixture.newEvent(['tgt_a'], { handOff: true })]);
        await stopped.close();
        expect(await look(store, fixture)).toBe(1);
      }),
    );
    test(
      'the living are listed with what they said last, and the dead and the silent are not',
      onEmptyStore(newPlace, async (store, fixture) => {
        const lane = { targetId: 'tgt_a', breaker: 'open', inFlight: 3 } as const;
        const report = { roles: ['delivery'], lanes: [lane] } as const;
        await fixture.open({ process: { id: 'prc_dead', pid: DEAD_PID, host: 'here' } });
        const away = await fixture.open({
          process: { id: 'prc_away', pid: DEAD_PID, host: 'there' },
        });
        await away.heartbeat(fixture.clock.now(), report);
        const living = () => store.livingProcesses(fixture.clock.now(), SILENT_MS);
        expect((await living()).map(({ host, report: said }) => [host, said])).toEqual([
          ['here', null],
          ['there', report],
        ]);
        fixture.clock.advance(SILENT_MS - 1);
        await away.heartbeat(fixture.clock.now());
        fixture.clock.advance(1);
        await store.heartbeat(fixture.clock.now(), { roles: ['api'], lanes: [] });
        expect(await living()).toMatchObject([
          { heartbeatAt: fixture.clock.now(), report: { roles: ['api'], lanes: [] } },
          { id: 'prc_away', pid: DEAD_PID, heartbeatAt: fixture.clock.now() - 1, report },
        ]);
        await keepSilent(store, fixture);
        await store.heartbeat(fixture.clock.now());
        expect(await living()).toHaveLength(1);
      }),
    );
    test(
      'what is taken over is due at once: retrying where it was tried before',
      onEmptyStore(newPlace, async (store, fixture) => {
        const dead = await fixture.open({
          process: { id: 'prc_dead', pid: DEAD_PID, host: 'here' },
        });
        await dead.append([fixture.newEvent(['tgt_a'])]);
        const claim = first(await claimAll(dead, fixture, ['tgt_a']));
        const next = { nextAttemptAt: fixture.clock.now() };
        await dead.settle([
          fixture.settlement(claim, 'retrying', { attempt: { statusCode: 500 }, next }),
        ]);
        await claimAll(dead, fixture, ['tgt_a']);
        fixture.clock.advance(50);
        await look(store, fixture);
        expect(await store.getDelivery(claim.delivery.id)).toMatchObject({
          state: 'retrying',
          nextAttemptAt: fixture.clock.now(),
        });
      }),
    );
  });
}
