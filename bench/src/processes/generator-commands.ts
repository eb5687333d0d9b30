/** The system under test as the generator sees it. */
export interface Door {
  port: number;
  path: string;
  headers: Readonly<Record<string, string>>;
  /** Content type of an array of CloudEvents. */
  batchContentType: string;
}

/** Times are monotonic µs. */
export interface Sending {
  firstSequence: number;
  /** Events sent, accepted or not. */
  sent: number;
  /** Answered with 202. */
  accepted: number;
  /** Numbers of those answered with anything else. */
  refused: readonly number[];
  /** What the first refusal said; null: none. */
  firstRefusal: string | null;
  startedAt: number;
  /** When the last answer came. */
  endedAt: number;
}

interface LoadInput {
  door: Door;
  firstSequence: number;
}

/** What the load generator can be asked. */
export type GeneratorCommands = {
  /** As many single POSTs as the system takes for `seconds`, one at a time on each of `connections`. */
  closedLoop: { input: LoadInput & { connections: number; seconds: number }; output: Sending };
  /** Exactly `count` events in batches of `batchSize`, as fast as the system takes them. */
  batches: {
    input: LoadInput & { connections: number; count: number; batchSize: number };
    output: Sending;
  };
  /** `ratePerSecond` single POSTs, each at its due time whatever became of those before. */
  openLoop: { input: LoadInput & { ratePerSecond: number; seconds: number }; output: Sending };
};
