/** What the figures need of a lane of the dispatcher. */
export interface LaneView {
  targetId: string;
  breaker: 'closed' | 'open' | 'half-open';
  inFlight: number;
  /** Deliveries held in memory that wait for their turn. */
  waiting: number;
}
