/** What the receiver can be asked. Event numbers are those of `load/payload.ts`; times are monotonic µs. */
export type ReceiverCommands = {
  port: { input: null; output: number };
  /** Forgets everything; from here on events `firstSequence` and above are counted. */
  start: { input: { firstSequence: number }; output: null };
  /** Resolves once `count` different events have come, or nothing more has for `quietMs`. */
  waitFor: { input: { count: number; quietMs: number }; output: number };
  finish: { input: { sent: number; refused: readonly number[] }; output: Reception };
};

export interface Reception {
  /** Different events that came and had been accepted. */
  delivered: number;
  /** Accepted, and never came. */
  lost: number;
  /** Came more than once. */
  doubled: number;
  /** Came although refused, or never sent in this phase. */
  unexpected: number;
  lastArrivalAt: number;
  p50Milliseconds: number;
  p99Milliseconds: number;
}
