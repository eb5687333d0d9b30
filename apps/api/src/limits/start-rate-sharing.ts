import type { Clock } from '../domain/clock.ts';
import { describeSharing } from './describe-sharing.ts';
import { createMachineLedger } from './machine/create-machine-ledger.ts';
import { meetingPath } from './machine/meeting-path.ts';
import { startSharing, type RunningSharing } from './sharing.ts';

/** Lets this process count together with the others: in Redis where there is one, else with those that share `place`. */
export async function startRateSharing(deps: {
  redisUrl: string | null;
  /** What the processes of one machine have in common: a path. */
  place: string;
  /** Unlike that of any other process. */
  processId: string;
  clock: Clock;
  log: (level: 'info' | 'warn', message: string, fields: object) => void;
}): Promise<RunningSharing> {
  const { redisUrl, place, processId, clock } = deps;
  const ledger =
    redisUrl === null
      ? createMachineLedger({ path: meetingPath(place), clock })
      : await openRedisLedger({ url: redisUrl, processId, clock });
  return startSharing({
    ledger,
    clock,
    onChange(state, error) {
      const level = state.mode === 'apart' ? 'warn' : 'info';
      const fields = error === null ? { rateLimits: state } : { rateLimits: state, err: error };
      deps.log(level, describeSharing(state), fields);
    },
  });
}

// Loaded where it is used: the client takes memory that a single machine has no use for.
async function openRedisLedger(deps: { url: string; processId: string; clock: Clock }) {
  const { createRedisLedger } = await import('./redis/create-redis-ledger.ts');
  return createRedisLedger(deps);
}
