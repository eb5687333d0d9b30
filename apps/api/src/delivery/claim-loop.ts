import type { Clock } from '../domain/clock.ts';
import type { Claim } from '../store/store.ts';
import type { Lane } from './lane.ts';
import type { DispatcherStore, Log } from './ports.ts';

export interface ClaimLoop {
  start(): void;
  /** Ends the loop; resolves when no claim is under way. */
  stop(): Promise<void>;
  /** Lanes that are backlogged may have room now. */
  request(): void;
  /** The store holds something due for these lanes, whatever a claim under way may answer. */
  requestFor(lanes: readonly Lane[]): void;
  /** Another process may have written deliveries; the store is asked at once, and at most every 50 ms. */
  look(): void;
  /** Something may be claimed at this moment (ms since 1970). */
  noteDue(at: number): void;
  /** Whether a call to the store is under way. */
  isBusy(): boolean;
  /** When the store was asked last (ms since 1970); null: the loop does not run. */
  lookedAt(): number | null;
}

const POLL_MS = 1000;
const LOOK_GAP_MS = 50;
const MOST_PER_CLAIM = 500;

/**
 * Asks the store for due deliveries, one call at a time: for all lanes when the store says that something is due (looked up
 * once a second, which is how deliveries of other processes are found) or a noted moment comes; and for backlogged lanes
 * whenever they have room. Without a backlog it never claims.
 */
export function createClaimLoop(deps: {
  store: Pick<DispatcherStore, 'claim' | 'nextDueAt'>;
  clock: Clock;
  log: Log;
  /** The lanes of all targets. */
  allLanes: () => Iterable<Lane>;
  backloggedLanes: () => Iterable<Lane>;
  accept: (lane: Lane, claims: readonly Claim[]) => void;
  noteBacklog: (lane: Lane, isBacklogged: boolean) => void;
  /** Called whenever the loop has come to rest. */
  onRest: () => void;
}): ClaimLoop {
  const { clock, store } = deps;
  let isRunning = false;
  let wantsAll = false;
  let wantsSome = false;
  /** Lanes that were asked for since the last claim was sent. */
  const asSoonAsPossible = new Set<Lane>();
  let current: Promise<void> | null = null;
  let isLookingUp = false;
  let armedAt = Infinity;
  let disarm = () => {};
  let stopPolling = () => {};
  let lookedAt = -Infinity;
  let wantsLook = false;

  function kick(): void {
    if (!isRunning || current) return;
    current = run().finally(() => {
      current = null;
      if (isRunning && (wantsAll || wantsSome)) kick();
      else deps.onRest();
    });
  }

  async function run(): Promise<void> {
    while (isRunning && (wantsAll || wantsSome)) {
      const isForAll = wantsAll;
      wantsAll = false;
      wantsSome = false;
      try {
        await claimOnce(isForAll ? deps.allLanes() : deps.backloggedLanes(), isForAll);
      } catch (error) {
        deps.log('warn', 'claiming failed', { error });
        return;
      }
    }
  }

  async function claimOnce(lanes: Iterable<Lane>, isForAll: boolean): Promise<void> {
    const now = clock.now();
    const asked = new Map<string, { lane: Lane; room: number; claims: Claim[] }>();
    for (const lane of lanes) {
      const opensAt = lane.opensAt(now);
      if (opensAt !== null) noteDue(opensAt);
      const room = isForAll || lane.wantsClaim(now) ? lane.room(now) : 0;
      if (room > 0) asked.set(lane.targetId, { lane, room, claims: [] });
    }
    if (asked.size === 0) return;
    asSoonAsPossible.clear();
    const rooms = [...asked.values()].map(({ lane, room }) => ({ targetId: lane.targetId, room }));
    const claims = await store.claim({ rooms, now, limit: MOST_PER_CLAIM });
    for (const claim of claims) asked.get(claim.delivery.targetId)?.claims.push(claim);
    const isCutShort = claims.length >= MOST_PER_CLAIM;
    for (const { lane, room, claims: given } of asked.values()) {
      const isBehind = given.length >= room || isCutShort || asSoonAsPossible.has(lane);
      deps.noteBacklog(lane, isBehind);
      if (given.length > 0) deps.accept(lane, given);
    }
    if (isCutShort) wantsSome = true;
  }

  function noteDue(at: number): void {
    if (at >= armedAt || !isRunning) return;
    disarm();
    armedAt = at;
    disarm = clock.after(at - clock.now(), () => {
      armedAt = Infinity;
      wantsAll = true;
      kick();
    });
  }

  async function poll(): Promise<void> {
    isLookingUp = true;
    lookedAt = clock.now();
    try {
      const dueAt = await store.nextDueAt();
      if (dueAt === null || !isRunning) return;
      if (dueAt <= clock.now()) {
        wantsAll = true;
        kick();
      } else if (dueAt < clock.now() + POLL_MS) noteDue(dueAt);
    } catch (error) {
      deps.log('warn', 'looking for due deliveries failed', { error });
    } finally {
      isLookingUp = false;
      if (isRunning) pollLater();
      if (!current) deps.onRest();
    }
  }

  function pollLater(): void {
    const waitMs = wantsLook ? LOOK_GAP_MS : POLL_MS;
    wantsLook = false;
    stopPolling = clock.after(waitMs, () => void poll());
  }

  function look(): void {
    if (!isRunning || wantsLook) return;
    if (isLookingUp) {
      wantsLook = true;
      return;
    }
    stopPolling();
    const waitMs = Math.max(0, lookedAt + LOOK_GAP_MS - clock.now());
    stopPolling = clock.after(waitMs, () => void poll());
  }

  return {
    start() {
      isRunning = true;
      lookedAt = clock.now();
      wantsAll = true;
      kick();
      pollLater();
    },
    async stop() {
      isRunning = false;
      disarm();
      stopPolling();
      await current;
    },
    request() {
      wantsSome = true;
      kick();
    },
    look,
    requestFor(lanes) {
      if (lanes.length === 0) return;
      for (const lane of lanes) {
        asSoonAsPossible.add(lane);
        deps.noteBacklog(lane, true);
      }
      wantsSome = true;
      kick();
    },
    noteDue,
    isBusy: () => current !== null || isLookingUp,
    lookedAt: () => (isRunning ? lookedAt : null),
  };
}
