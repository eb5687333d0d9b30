import type { Clock } from '../../domain/clock.ts';
import { GatewayError } from '../../domain/errors.ts';
import type { TargetFormat } from '../../domain/delivery.ts';
import type { EventRecord } from '../../domain/event.ts';
import type { Transform } from '../../domain/resources.ts';
import type { Store } from '../../store/store.ts';
import type { RenderFormat, Transformer } from '../ports.ts';
import { runBacktest, type BacktestReport } from './run-backtest.ts';
import { createShape } from './shape-event.ts';

/** Runs a pattern and a transform over the newest events. Rejects with `overloaded` when too many wait. */
export type BacktestDesk = (request: {
  matches: (event: EventRecord) => boolean;
  transform: Transform | null;
  /** How an event is sent without a transform. */
  format: TargetFormat;
  limit: number;
}) => Promise<BacktestReport>;

const MOST_WAITING = 4;

/**
 * One backtest at a time in this process, a few may wait. Each has a transformer of its own, so that no delivery waits behind the
 * expressions that somebody is trying out, and nothing of it is left afterwards.
 */
export function createBacktestDesk(deps: {
  store: Pick<Store, 'scanEvents'>;
  clock: Clock;
  renderFormat: RenderFormat;
  openTransformer: () => Transformer & { close(): Promise<void> };
}): BacktestDesk {
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();

  async function run({
    matches,
    transform,
    format,
    limit,
  }: Parameters<BacktestDesk>[0]): Promise<BacktestReport> {
    const transformer = deps.openTransformer();
    try {
      const shape = createShape({ ...deps, transformer }, { transform, format });
      return await runBacktest(deps, { matches, shape, limit });
    } finally {
      await transformer.close();
    }
  }

  return (request) => {
    if (waiting >= MOST_WAITING) return Promise.reject(busy());
    waiting += 1;
    const report = last.then(() => run(request)).finally(() => (waiting -= 1));
    last = report.catch(() => undefined);
    return report;
  };
}

function busy(): GatewayError {
  return new GatewayError('overloaded', 'Other backtests are running; try again shortly.', {
    retryAfterSeconds: 5,
  });
}
