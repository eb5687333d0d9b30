/** What the figures need of a lane of the dispatchers. */
export interface LaneView {
  targetId: string;
  breaker: 'closed' | 'open' | 'half-open';
  inFlight: number;
}
