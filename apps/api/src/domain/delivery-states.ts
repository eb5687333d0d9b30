/** The states of a delivery. */
export const DELIVERY_STATES = [
  'pending',
  'delivering',
  'retrying',
  'succeeded',
  'dead',
  'cancelled',
] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/**
 * Which state may follow which. Drawn in ARCHITECTURE.md; read by the store, by `decide` and by the
 * dashboard's buttons.
 */
export const TRANSITIONS: Readonly<Record<DeliveryState, readonly DeliveryState[]>> = {
  pending: ['delivering', 'cancelled'],
  // Back to pending: the lease was given back or taken over before the attempt ended.
  delivering: ['succeeded', 'retrying', 'dead', 'cancelled', 'pending'],
  retrying: ['delivering', 'cancelled', 'pending'],
  succeeded: [],
  // By a person: retry.
  dead: ['pending', 'cancelled'],
  cancelled: ['pending'],
};

/** What a person may do to a delivery, and in which states. */
export const DELIVERY_ACTIONS = {
  retry: ['dead', 'cancelled', 'retrying'],
  cancel: ['pending', 'retrying', 'dead'],
} as const satisfies Record<string, readonly DeliveryState[]>;
export type DeliveryAction = keyof typeof DELIVERY_ACTIONS;

/** Whether a person may do `action` to a delivery in `state`. */
export function isActionAllowed(action: DeliveryAction, state: DeliveryState): boolean {
  return (DELIVERY_ACTIONS[action] as readonly DeliveryState[]).includes(state);
}

/** Whether a delivery may go from one state to another. */
export function isTransitionAllowed(from: DeliveryState, to: DeliveryState): boolean {
  return TRANSITIONS[from].includes(to);
}

/** States that still want work: never pruned, counted as backlog. */
export const OPEN_STATES = [
  'pending',
  'delivering',
  'retrying',
] as const satisfies readonly DeliveryState[];
