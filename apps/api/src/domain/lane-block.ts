/** Why nothing may be sent to a target now, whatever its limits say. */
export type LaneBlock = 'deleted' | 'paused' | 'disabled' | 'told_to_wait' | 'breaker_open';
