import { appendFileSync } from 'node:fs';
import type { Call } from './call.ts';

export interface LoggedCall {
  service: string;
  action: string;
  region: string;
  caller: string;
  status: number;
  /** Whether the gateway or moto knew it. */
  known: boolean;
  durationMs: number;
}

export interface CallLog {
  add(call: Call, outcome: Pick<LoggedCall, 'status' | 'known' | 'durationMs'>): void;
  readonly calls: readonly LoggedCall[];
  /** Resolves with the first call from the beginning, or else from now on, that is wanted. */
  next(isWanted: (call: LoggedCall) => boolean): Promise<LoggedCall>;
}

/** Keeps each call in memory and as a line of JSON in `file`. */
export function openCallLog(file: string): CallLog {
  const calls: LoggedCall[] = [];
  const waiting = new Set<(call: LoggedCall) => void>();
  return {
    calls,
    add({ service, action, region, caller }, outcome) {
      const logged = { service, action, region, caller, ...outcome };
      calls.push(logged);
      appendFileSync(file, `${JSON.stringify(logged)}\n`);
      for (const tell of waiting) tell(logged);
    },
    next(isWanted) {
      const past = calls.find(isWanted);
      if (past) return Promise.resolve(past);
      return new Promise((done) => {
        const tell = (call: LoggedCall): void => {
          if (!isWanted(call)) return;
          waiting.delete(tell);
          done(call);
        };
        waiting.add(tell);
      });
    },
  };
}
