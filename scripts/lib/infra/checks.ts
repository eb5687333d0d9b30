import { NOTHING, type Tally } from '../tally.ts';
import type { Finished } from '../run.ts';

/** Says and counts what holds and what does not. */
export interface Checks {
  readonly tally: Tally;
  readonly count: (what: string, holds: boolean, explanation: string) => boolean;
  /** What a command says by its code. */
  readonly check: (what: string, work: () => Promise<Finished>) => Promise<boolean>;
}

export function countChecks(): Checks {
  const tally: Tally = { ...NOTHING, failures: [] };
  function count(what: string, holds: boolean, explanation: string): boolean {
    tally[holds ? 'passed' : 'failed'] += 1;
    console.log(`${holds ? 'ok    ' : 'FAILED'} ${what}`);
    if (!holds) {
      console.log(explanation);
      tally.failures.push(what);
    }
    return holds;
  }
  return {
    tally,
    count,
    check: async (what, work) => {
      const { code, output } = await work();
      return count(what, code === 0, output);
    },
  };
}
