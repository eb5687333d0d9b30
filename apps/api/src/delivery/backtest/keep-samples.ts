import type { EventRecord } from '../../domain/event.ts';
import type { Shaped } from './shape-event.ts';

/** One event that matched, and what became of it. */
export interface BacktestSample {
  event: EventRecord;
  shaped: Shaped;
}

export interface SampleKeeper {
  offer(sample: BacktestSample): void;
  /** Failures first; each kind in the order it was offered. */
  chosen(): BacktestSample[];
}

const MOST_SAMPLES = 20;
const MOST_FAILURES = 10;
const MOST_BYTES = 1024 * 1024;

/** Keeps the first few samples: up to 20, of them up to 10 failures, and no more than about 1 MiB of payloads but one at least. */
export function createSampleKeeper(): SampleKeeper {
  const failures: BacktestSample[] = [];
  const others: BacktestSample[] = [];
  return {
    offer(sample) {
      const [kept, most] =
        sample.shaped.outcome === 'failed' ? [failures, MOST_FAILURES] : [others, MOST_SAMPLES];
      if (kept.length < most && fits([...kept, sample])) kept.push(sample);
    },
    chosen() {
      const all = [...failures, ...others].slice(0, MOST_SAMPLES);
      return all.filter((_, index) => fits(all.slice(0, index + 1)));
    },
  };
}

function fits(samples: readonly BacktestSample[]): boolean {
  if (samples.length <= 1) return true;
  return samples.reduce((sum, sample) => sum + sizeOf(sample), 0) <= MOST_BYTES;
}

function sizeOf({ event, shaped }: BacktestSample): number {
  return event.sizeBytes + (shaped.outcome === 'ok' ? shaped.body.byteLength : 0);
}
