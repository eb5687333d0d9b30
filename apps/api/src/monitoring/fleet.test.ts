import { describe, expect, test } from '@jest/globals';
import type { LivingProcess, ProcessReport } from '../store/store.ts';
import { createFleet } from './fleet.ts';
import { laneBlockAt } from './lane-block.ts';
import type { LaneView } from './lane-view.ts';

const HERE = { pid: 100, host: 'here' };

function living(pid: number, report: ProcessReport | null, host = 'here'): LivingProcess {
  return { id: `prc_${pid}`, pid, host, heartbeatAt: 1, report };
}

function fleetOf(roles: ProcessReport['roles'], lanes: LaneView[] = []) {
  const lane = (id: string) => lanes.find(({ targetId }) => targetId === id);
  return createFleet({ ...HERE, roles, lanes: () => lanes, lane, securityEvents: () => [] });
}

describe('the processes on one store', () => {
  test('report the lanes that are not at rest, and only those', () => {
    const busy = { targetId: 'tgt_busy', breaker: 'closed', inFlight: 2 } as const;
    const open = { targetId: 'tgt_open', breaker: 'open', inFlight: 0 } as const;
    const idle = { targetId: 'tgt_idle', breaker: 'closed', inFlight: 0 } as const;
    expect(fleetOf(['api', 'delivery'], [busy, open, idle]).report()).toEqual({
      roles: ['api', 'delivery'],
      lanes: [busy, open],
    });
  });

  test('show one lane for each target: what is in flight is summed, an open breaker stands out', () => {
    const fleet = fleetOf(['delivery'], [{ targetId: 'tgt_a', breaker: 'closed', inFlight: 1 }]);
    const lanes = [
      { targetId: 'tgt_a', breaker: 'open', inFlight: 2 },
      { targetId: 'tgt_b', breaker: 'half-open', inFlight: 1 },
    ] as const;
    fleet.learn([
      // As it was at its own last heartbeat; what it knows now counts instead.
      living(HERE.pid, { roles: ['delivery'], lanes: [{ ...lanes[0], inFlight: 50 }] }),
      living(HERE.pid, { roles: ['delivery'], lanes }, 'there'),
      living(101, null),
    ]);
    expect(fleet.lane('tgt_a')).toEqual({ targetId: 'tgt_a', breaker: 'open', inFlight: 3 });
    expect(fleet.lanes()).toHaveLength(2);
    expect(fleet.lane('tgt_c')).toEqual({ targetId: 'tgt_c', breaker: 'closed', inFlight: 0 });
    fleet.learn([]);
    expect(fleet.lane('tgt_a')).toMatchObject({ breaker: 'closed', inFlight: 1 });
  });

  test('show what holds back a lane of any of them: a wait before a breaker, then the longer', () => {
    const told = (opensAt: number): LaneView => ({
      targetId: 'tgt_a',
      breaker: 'closed',
      inFlight: 0,
      blockedBy: 'told_to_wait',
      opensAt,
    });
    const tripped: LaneView = { ...told(9000), breaker: 'open', blockedBy: 'breaker_open' };
    const reported = (lane: LaneView) => fleetOf(['delivery'], [lane]).report();
    const fleet = fleetOf(['delivery'], [{ ...told(0), blockedBy: null, opensAt: null }]);
    expect(fleet.report().lanes).toEqual([]);
    const seen = (...lanes: LaneView[]) => {
      fleet.learn(lanes.map((lane, index) => living(200 + index, reported(lane))));
      return laneBlockAt(fleet.lane('tgt_a'), 2000);
    };
    expect(seen()).toEqual({ blockedBy: null, opensAt: null });
    expect(seen(tripped)).toEqual({ blockedBy: 'breaker_open', opensAt: 9000 });
    expect(seen(told(3000), tripped, told(5000), told(4000))).toEqual({
      blockedBy: 'told_to_wait',
      opensAt: 5000,
    });
    // Reported a moment ago, and over by now.
    expect(seen(told(2000))).toEqual({ blockedBy: null, opensAt: null });
  });

  test('deliver when one of them does', () => {
    expect(fleetOf(['delivery']).delivers()).toBe(true);
    const fleet = fleetOf(['api']);
    expect(fleet.delivers()).toBe(false);
    fleet.learn([living(101, { roles: ['api'], lanes: [] }), living(102, null)]);
    expect(fleet.delivers()).toBe(false);
    fleet.learn([living(101, { roles: ['api', 'delivery'], lanes: [] })]);
    expect(fleet.delivers()).toBe(true);
  });

  test('divide what targets allow among those that deliver, in the same order in each of them', () => {
    const both = { roles: ['api', 'delivery'], lanes: [] } as const;
    const all = [
      living(HERE.pid, both),
      living(101, both),
      living(99, both, 'elsewhere'),
      living(102, { roles: ['api'], lanes: [] }),
      living(103, null),
    ];
    const shares = all.slice(0, 3).map(({ pid, host }) => {
      const fleet = createFleet({
        pid,
        host,
        roles: both.roles,
        lanes: () => [],
        lane: () => undefined,
        securityEvents: () => [],
      });
      expect(fleet.deliveringShare()).toEqual({ processes: 1, index: 0 });
      fleet.learn(all);
      return fleet.deliveringShare();
    });
    expect(shares.map(({ processes }) => processes)).toEqual([3, 3, 3]);
    expect(shares.map(({ index }) => index).sort()).toEqual([0, 1, 2]);
  });

  test('add up the security events of the last minutes, of all that live', () => {
    const lane = () => undefined;
    const own = { ...HERE, roles: ['api'] as const, lanes: () => [], lane };
    const fleet = createFleet({
      ...own,
      securityEvents: () => [
        [98, 5],
        [100, 1],
      ],
    });
    const told = (count: number): ProcessReport => ({
      roles: ['api'],
      lanes: [],
      securityEvents: [[99, count]],
    });
    expect(fleet.report().securityEvents).toEqual([
      [98, 5],
      [100, 1],
    ]);
    fleet.learn([living(101, told(10)), living(99, told(20), 'elsewhere'), living(102, null)]);
    expect(fleet.securityEvents(100 * 60_000, 2)).toBe(31);
    expect(fleet.securityEvents(100 * 60_000, 1)).toBe(1);
  });
});
