import type { SharingState } from './sharing.ts';

/** One line for operators. */
export function describeSharing({ mode, processes }: SharingState): string {
  if (mode === 'alone') return 'rate limits are counted by this process alone';
  if (mode === 'together') return `rate limits are counted by ${processes} processes together`;
  if (processes === 1) return 'rate limits cannot be shared: this process counts by itself';
  return `rate limits cannot be shared: this process counts 1/${processes} of each by itself`;
}

/** For `/health/ready`: limits that cannot be shared are no reason to send requests elsewhere. */
export function checkSharing(state: SharingState): { status: 'ok' | 'warning'; detail: string } {
  return { status: state.mode === 'apart' ? 'warning' : 'ok', detail: describeSharing(state) };
}
