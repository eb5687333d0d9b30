/**
 * What a durable job may do: `replay` makes new deliveries of stored events; `retry-dead` and `discard-dead` act on dead
 * letters.
 */
export const JOB_KINDS = ['replay', 'retry-dead', 'discard-dead'] as const;
export type JobKind = (typeof JOB_KINDS)[number];

/** `running` covers jobs that wait for their turn, for a target or for a process that is there to work on them. */
export const JOB_STATES = ['running', 'paused', 'completed', 'cancelled', 'failed'] as const;
export type JobState = (typeof JOB_STATES)[number];

/** What a person may do to a job, in which states, and what it becomes. */
export const JOB_ACTIONS = {
  pause: { from: ['running'], to: 'paused' },
  resume: { from: ['paused'], to: 'running' },
  // Again on a cancelled one: cancels what still waits of its deliveries.
  cancel: { from: ['running', 'paused', 'cancelled'], to: 'cancelled' },
} as const satisfies Record<string, { from: readonly JobState[]; to: JobState }>;
export type JobAction = keyof typeof JOB_ACTIONS;

/** Whether a person may do `action` to a job in `state`. */
export function isJobActionAllowed(action: JobAction, state: JobState): boolean {
  return (JOB_ACTIONS[action].from as readonly JobState[]).includes(state);
}

/** Why a running job makes nothing at the moment. */
export const JOB_WAITS = [
  'target_paused',
  'target_disabled',
  'subscription_paused',
  'backlog',
] as const;
export type JobWait = (typeof JOB_WAITS)[number];

/** Where the deliveries of a replay go. */
export type ReplayDestination =
  /** Through the subscriptions by which each event was delivered when it came, as far as they still exist. */
  | { kind: 'original' }
  /** Through each of these whose pattern matches the event. */
  | { kind: 'subscriptions'; subscriptionIds: readonly string[] }
  /** Every event, in the target's format, without a subscription. */
  | { kind: 'target'; targetId: string };
