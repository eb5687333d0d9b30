/** Microseconds of the machine's monotonic clock: the same in every process of this machine. */
export function monotonicMicroseconds(): number {
  return Number(process.hrtime.bigint() / 1000n);
}
