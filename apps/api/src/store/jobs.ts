import type { Delivery } from '../domain/delivery.ts';
import type { DeliveryState } from '../domain/delivery-states.ts';
import type { EventRecord } from '../domain/event.ts';
import type { JobAction, JobKind, JobState, JobWait, ReplayDestination } from '../domain/job.ts';
import type { AuditEntry } from './configuration.ts';
import type { NewDelivery } from './queue.ts';
import type { DeliveryFilter, EventFilter, Page, PageRequest } from './reading.ts';

/** Which dead letters a job acts on. */
export type DeadLetterFilter = Omit<DeliveryFilter, 'state'>;

/** What a job is to do. Never changes. */
export type JobTask =
  | { kind: 'replay'; filter: EventFilter; destination: ReplayDestination }
  | { kind: 'retry-dead' | 'discard-dead'; filter: DeadLetterFilter };

export interface NewJob {
  /** `rpl_…` */
  id: string;
  task: JobTask;
  /** Deliveries a second; null: as fast as they can be made. */
  ratePerSecond: number | null;
  /** How many events or dead letters the filter held just before; null: more than were counted. */
  expected: number | null;
  /** `usr_…` */
  createdBy: string;
  createdAt: number;
}

/**
 * A piece of work that outlives the process that works on it. It goes through its events (or dead letters) once, oldest
 * first; how far it has come is written together with what it made, so a crash between two steps neither repeats nor leaves out any.
 */
export interface Job extends NewJob {
  state: JobState;
  /**
   * The end of what a replay scans, opaque: events accepted after the insertion of the job lie beyond it. Null for the other
   * kinds, which end at `createdAt`: a dead letter that ended later (that of this very job, say) is left alone.
   */
  bound: string | null;
  /** How far it has come, opaque; null: at the start. */
  position: string | null;
  /** Events or dead letters gone through. */
  scanned: number;
  /** Deliveries made by a replay, or dead letters retried or discarded. */
  made: number;
  waitingFor: JobWait | null;
  /** Why it failed, for a person to read; null otherwise. */
  failure: string | null;
  updatedAt: number;
  finishedAt: number | null;
}

/** A job leased to one process. */
export interface ClaimedJob {
  job: Job;
  /** Counts up with each lease; a step with an older fence changes nothing. */
  fence: number;
}

/** A delivery of a stored event that a replay makes; born `pending`, due at once. The event's other deliveries stay as they are. */
export interface ReplayedDelivery extends Omit<NewDelivery, 'handOff' | 'subscriptionId'> {
  /** `evt_…` */
  eventId: string;
  /** Null: straight to the target. */
  subscriptionId: string | null;
}

/** One step of a job, all of it or none. */
export interface JobStep {
  jobId: string;
  fence: number;
  /** The position that the step goes on from. A step from any other is `stale`, so one that was sent twice is done once. */
  from: string | null;
  /** Where the next step goes on. */
  to: string | null;
  /** Events or dead letters gone through between the two. */
  scanned: number;
  work:
    /** Deliveries in their order. One whose event is gone meanwhile is passed over. */
    | { make: readonly ReplayedDelivery[] }
    /** Ids of deliveries: `dead` ones that ended up to the job's `createdAt` become `pending` with a fresh schedule, as by `retryDelivery`; others are passed over. */
    | { retry: readonly string[] }
    /** Likewise to `cancelled`, with the reason `discarded`. */
    | { discard: readonly string[] };
  waitingFor: JobWait | null;
  /** Ends the job with this step. */
  end: { state: 'completed' } | { state: 'failed'; failure: string } | null;
  at: number;
}

export type JobStepResult =
  | { outcome: 'advanced'; made: number }
  /** The lease was lost, or the step was done before; nothing was written. */
  | { outcome: 'stale' }
  /** The job was paused or cancelled meanwhile; nothing was written, and the lease is gone. */
  | { outcome: 'stopped' };

export interface EventScan {
  filter: EventFilter;
  /** A job's; null: everything there is. */
  bound: string | null;
  /** Go on after this position; null: from the oldest, or from the newest. */
  after: string | null;
  /** True: the way back, from the newest to the oldest. */
  isBackward?: boolean;
  /** At most this many events; fewer as soon as their payloads pass `maxBytes` (one at least). */
  limit: number;
  maxBytes: number;
  /** False: `data` is left null, whatever the event holds. */
  withData: boolean;
}

export interface ScannedEvent {
  event: EventRecord;
  /** The subscriptions through which it was delivered when it came, in that order; deliveries of replays do not count. */
  originals: readonly string[];
}

export interface ScannedPage<T> {
  items: T[];
  /** For each item the position after it. */
  positions: string[];
  /** Nothing follows the last item. */
  isEnd: boolean;
}

export interface JobStore {
  /** Starts `running`, at the start, owned by nobody. Fixes the bound. Rejects with `conflict` when the id is in use. */
  insertJob(job: NewJob, audit: AuditEntry): Promise<Job>;
  getJob(id: string): Promise<Job | null>;
  /** Newest first. */
  listJobs(
    filter: { kind?: readonly JobKind[]; state?: readonly JobState[] },
    page: PageRequest,
  ): Promise<Page<Job>>;
  /**
   * A person's pause, resume or cancel; see `JOB_ACTIONS`. The lease goes with `running`. Rejects with `not_found`, or with
   * `conflict` when the state forbids it. The deliveries that were made go on; `cancelWaiting({ replayId })` ends those that wait.
   */
  changeJobState(id: string, action: JobAction, at: number, audit: AuditEntry): Promise<Job>;
  /**
   * Leases up to `limit` running jobs that nobody works on to the calling process, oldest first; two processes never get the
   * same one. `takeOver` frees the jobs of processes that are gone, by the rules for deliveries, not counting them in its answer.
   */
  claimJobs(limit: number): Promise<ClaimedJob[]>;
  /** Gives a lease back; a stale one is passed over. */
  releaseJob(jobId: string, fence: number): Promise<void>;
  /** Does one step, in one transaction. */
  advanceJob(step: JobStep): Promise<JobStepResult>;
  /** Events in the order of acceptance (`receivedAt`, then as written), or the other way round. With `q`, as found by the full-text index, which is brought up to date first. */
  scanEvents(scan: EventScan): Promise<ScannedPage<ScannedEvent>>;
  /** Dead letters that ended up to `endedBy`, by `createdAt`, oldest first. */
  scanDeadLetters(scan: {
    filter: DeadLetterFilter;
    endedBy: number;
    after: string | null;
    limit: number;
  }): Promise<ScannedPage<Delivery>>;
  /** How many events the filter holds, counted up to `most`. */
  countEvents(filter: EventFilter, most: number): Promise<number>;
  /** How many dead letters the filter holds, counted up to `most`. */
  countDeadLetters(filter: DeadLetterFilter, most: number): Promise<number>;
  /** Deliveries of a replay that are `pending` or `delivering`, counted up to `most`. */
  jobBacklog(jobId: string, most: number): Promise<number>;
  /** Deliveries of a replay by state. */
  jobDeliveries(jobId: string): Promise<Record<DeliveryState, number>>;
}
