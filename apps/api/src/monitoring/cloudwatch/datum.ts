/** One figure at one moment, as CloudWatch takes it. The names and units are promised in docs/monitoring.md; alarms name them. */
export interface Datum {
  name: string;
  value: number;
  unit: 'Count' | 'Seconds' | 'Milliseconds' | 'Bytes' | 'Percent';
  /** Milliseconds since 1970. */
  at: number;
}

/** Hands figures over, in one request. Rejects when CloudWatch did not take them. */
export type SendData = (data: readonly Datum[]) => Promise<void>;
