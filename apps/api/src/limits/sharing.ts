import type { Clock } from '../domain/clock.ts';
import type { Ask, Grant, Ledger } from './ledger.ts';

/**
 * `alone`: no other process counts, so this one counts by itself and exactly. `together`: through the ledger.
 * `apart`: the ledger cannot be reached, so each process counts its share of every limit.
 */
export type SharingMode = 'alone' | 'together' | 'apart';

export interface SharingState {
  readonly mode: SharingMode;
  /** How many processes count, as last heard. */
  readonly processes: number;
}

export interface Sharing {
  state(): SharingState;
  /** As `Ledger.take`; a rejection turns the mode to `apart`. */
  take(ask: Ask): Promise<Grant>;
}

export interface RunningSharing extends Sharing {
  /** Resolves once the first answer has come or is overdue. */
  ready: Promise<void>;
  /** Says good-bye to the others. */
  stop(): Promise<void>;
}

const EVERY_MS = 500;
const JOIN_LIMIT_MS = 1000;

/**
 * Keeps a process among those that count together: says twice a second that it is there, hears how many others are, and notices
 * when the ledger is away and when it is back. A ledger that does not answer within a second is away.
 */
export function startSharing(deps: {
  ledger: Ledger;
  clock: Clock;
  /** The mode has changed; `error`: why it is `apart`. */
  onChange: (state: SharingState, error: unknown) => void;
}): RunningSharing {
  const { ledger, clock, onChange } = deps;
  let state: SharingState = { mode: 'alone', processes: 1 };
  let isStopped = false;
  let cancel = () => {};
  // What fails after a beat was sent says nothing about the answer to it.
  let failures = 0;

  function enter(mode: SharingMode, processes: number, error: unknown = null): void {
    const hasTurned = mode !== state.mode;
    state = { mode, processes };
    if (hasTurned && !isStopped) onChange(state, error);
  }

  function fail(error: unknown): void {
    failures += 1;
    enter('apart', state.processes, error);
  }

  async function joinInTime(): Promise<number> {
    let cancelLimit = () => {};
    const limit = new Promise<never>((_resolve, reject) => {
      cancelLimit = clock.after(JOIN_LIMIT_MS, () => {
        reject(new Error(`no answer within ${JOIN_LIMIT_MS} ms`));
      });
    });
    return Promise.race([ledger.join(), limit]).finally(() => cancelLimit());
  }

  async function beat(): Promise<void> {
    const failuresBefore = failures;
    try {
      const processes = await joinInTime();
      if (failures === failuresBefore) enter(processes > 1 ? 'together' : 'alone', processes);
    } catch (error) {
      fail(error);
    }
    if (!isStopped) cancel = clock.after(EVERY_MS, () => void beat());
  }

  return {
    state: () => state,
    async take(ask) {
      try {
        return await ledger.take(ask);
      } catch (error) {
        fail(error);
        throw error;
      }
    },
    ready: beat(),
    async stop() {
      isStopped = true;
      cancel();
      await ledger.close();
    },
  };
}

/** For a process that takes no requests. */
export const NOT_SHARING: RunningSharing = {
  state: () => ({ mode: 'alone', processes: 1 }),
  take: () => Promise.reject(new Error('This process does not share its limits.')),
  ready: Promise.resolve(),
  stop: () => Promise.resolve(),
};
