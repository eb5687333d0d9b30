import { GatewayError } from '../domain/errors.ts';
import type { MetricsDeps } from './metrics-deps.ts';
import { openOf } from './summary.ts';
import { tallyAttempts } from './tally-attempts.ts';

const MINUTE_MS = 60_000;
const WINDOW_MS = 15 * MINUTE_MS;

export interface TargetHealth {
  targetId: string;
  state: 'active' | 'paused' | 'disabled';
  breaker: 'closed' | 'open' | 'half-open';
  /** Open deliveries. */
  backlog: number;
  oldestOpenAt: string | null;
  /** Requests under way, in all processes. */
  inFlight: number;
  attempts: number;
  succeeded: number;
  successRate: number | null;
  p50Ms: number | null;
  p95Ms: number | null;
  p99Ms: number | null;
}

/** How one target has done over the last 15 minutes, and what waits for it. Rejects with `not_found`. */
export async function readTargetHealth(deps: MetricsDeps, targetId: string): Promise<TargetHealth> {
  const target = deps.target(targetId);
  if (!target) throw new GatewayError('not_found', `There is no target ${targetId}.`);
  const now = deps.clock.now();
  const from = Math.floor((now - WINDOW_MS) / MINUTE_MS) * MINUTE_MS;
  const to = Math.floor(now / MINUTE_MS) * MINUTE_MS + MINUTE_MS;
  const [rows, backlog] = await Promise.all([
    deps.store.rollups({
      measures: ['attempt.', 'latency'],
      groupBy: [],
      from,
      to,
      stepMs: to - from,
      targetId,
    }),
    deps.backlog(),
  ]);
  const waiting = backlog.find((entry) => entry.targetId === targetId);
  const lane = deps.lanes().find((entry) => entry.targetId === targetId);
  const oldest = waiting?.oldestCreatedAt ?? null;
  const { attemptsFailed, ...tally } = tallyAttempts(rows);
  return {
    targetId,
    state: target.body.state,
    breaker: lane?.breaker ?? 'closed',
    backlog: waiting ? openOf(waiting) : 0,
    oldestOpenAt: oldest === null ? null : new Date(oldest).toISOString(),
    inFlight: lane?.inFlight ?? 0,
    succeeded: tally.attempts - attemptsFailed,
    ...tally,
  };
}
