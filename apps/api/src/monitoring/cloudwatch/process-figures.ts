import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Clock } from '../../domain/clock.ts';
import type { Datum } from './datum.ts';
import type { RequestTally } from './request-tally.ts';

/** Figures of this process, each since the last call. */
export interface ProcessFigures {
  take(): Datum[];
  stop(): void;
}

const NANOSECONDS_A_MS = 1e6;

/**
 * Every process publishes under the same names, so that an alarm needs no host: its statistic says whether the largest, the sum or the
 * average counts. `ProcessRestarts` is 1 in the first report of a process and 0 in all others: its sum counts starts.
 */
export function createProcessFigures(
  clock: Pick<Clock, 'now'>,
  requests: Pick<RequestTally, 'take'>,
): ProcessFigures {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  let cpu = process.cpuUsage();
  let since = clock.now();
  let starts = 1;
  return {
    take() {
      const at = clock.now();
      const used = process.cpuUsage(cpu);
      const elapsedMs = Math.max(1, at - since);
      const { serverErrors, acceptLatencyP99Ms } = requests.take();
      const data: Datum[] = [
        { name: 'ServerErrors', value: serverErrors, unit: 'Count', at },
        { name: 'ProcessMemoryBytes', value: process.memoryUsage.rss(), unit: 'Bytes', at },
        {
          name: 'ProcessCpuPercent',
          value: (used.user + used.system) / 10 / elapsedMs,
          unit: 'Percent',
          at,
        },
        {
          name: 'EventLoopDelayP99Ms',
          value: delay.percentile(99) / NANOSECONDS_A_MS,
          unit: 'Milliseconds',
          at,
        },
        { name: 'ProcessRestarts', value: starts, unit: 'Count', at },
      ];
      if (acceptLatencyP99Ms !== null)
        data.push({
          name: 'AcceptLatencyP99Ms',
          value: acceptLatencyP99Ms,
          unit: 'Milliseconds',
          at,
        });
      cpu = process.cpuUsage();
      since = at;
      starts = 0;
      delay.reset();
      return data;
    },
    stop: () => void delay.disable(),
  };
}
