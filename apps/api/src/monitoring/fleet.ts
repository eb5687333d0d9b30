import type { LivingProcess, ProcessReport } from '../store/store.ts';
import { graverBlock, heldBack } from './lane-block.ts';
import type { LaneView } from './lane-view.ts';

/** What this process knows of all that share its store, itself included; of the others as of their last heartbeats. */
export interface Fleet {
  /** For the own heartbeat. */
  report(): ProcessReport;
  /** Takes over what the store says of the living. */
  learn(living: readonly LivingProcess[]): void;
  /** Lanes by target over all processes: requests in flight are summed; of the breakers, and of what holds lanes back, the one that stands out counts. */
  lanes(): LaneView[];
  lane(targetId: string): LaneView;
  /** Security events of the last minutes, over all living processes. */
  securityEvents(now: number, windowMinutes: number): number;
  /** Whether any process delivers. */
  delivers(): boolean;
  /** How many processes deliver, this one taken for one of them, and where it stands among them. */
  deliveringShare(): { processes: number; index: number };
}

const MINUTE_MS = 60_000;
const GRAVITY = { closed: 0, 'half-open': 1, open: 2 } as const;

/** @param own this process: what it does, and its lanes as they are now */
export function createFleet(own: {
  pid: number;
  host: string;
  roles: ProcessReport['roles'];
  lanes: () => readonly LaneView[];
  lane: (targetId: string) => LaneView | undefined;
  securityEvents: () => NonNullable<ProcessReport['securityEvents']>;
}): Fleet {
  let others: readonly ProcessReport[] = [];
  let share = { processes: 1, index: 0 };

  function lanes(): LaneView[] {
    const merged = new Map<string, LaneView>();
    for (const lane of [own.lanes(), ...others.map((report) => report.lanes)].flat()) {
      const known = merged.get(lane.targetId);
      merged.set(lane.targetId, known ? merge(known, lane) : lane);
    }
    return [...merged.values()];
  }

  return {
    report: () => ({
      roles: own.roles,
      ...securityReport(own.securityEvents()),
      lanes: own.lanes().filter(isNotAtRest).map(toReported),
    }),
    learn(living) {
      const rest = living.filter(({ pid, host }) => pid !== own.pid || host !== own.host);
      others = rest.flatMap(({ report }) => report ?? []);
      const delivering = rest.filter(({ report }) => report?.roles.includes('delivery'));
      share = {
        processes: delivering.length + 1,
        index: delivering.filter((other) => nameOf(other) < nameOf(own)).length,
      };
    },
    lanes,
    lane(targetId) {
      const idle: LaneView = { targetId, breaker: 'closed', inFlight: 0 };
      return others
        .flatMap((report) => report.lanes.filter((lane) => lane.targetId === targetId))
        .reduce(merge, own.lane(targetId) ?? idle);
    },
    securityEvents(now, windowMinutes) {
      const after = Math.floor(now / MINUTE_MS) - windowMinutes;
      return [own.securityEvents(), ...others.map((report) => report.securityEvents ?? [])]
        .flat()
        .reduce((sum, [minute, count]) => sum + (minute > after ? count : 0), 0);
    },
    delivers: () => [own, ...others].some(({ roles }) => roles.includes('delivery')),
    deliveringShare: () => share,
  };
}

function nameOf({ host, pid }: Readonly<{ host: string; pid: number }>): string {
  return `${host}/${pid}`;
}

function securityReport(
  securityEvents: NonNullable<ProcessReport['securityEvents']>,
): Pick<ProcessReport, 'securityEvents'> {
  return securityEvents.length === 0 ? {} : { securityEvents };
}

function isNotAtRest({ breaker, inFlight, blockedBy }: LaneView): boolean {
  return breaker !== 'closed' || inFlight > 0 || blockedBy === 'told_to_wait';
}

function toReported(lane: LaneView): LaneView {
  const { targetId, breaker, inFlight } = lane;
  return { targetId, breaker, inFlight, ...heldBack(lane) };
}

function merge(one: LaneView, two: Readonly<LaneView>): LaneView {
  return {
    targetId: one.targetId,
    breaker: GRAVITY[two.breaker] > GRAVITY[one.breaker] ? two.breaker : one.breaker,
    inFlight: one.inFlight + two.inFlight,
    ...graverBlock(one, two),
  };
}
