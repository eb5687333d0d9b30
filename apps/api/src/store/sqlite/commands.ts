import type { Delivery } from '../../domain/delivery.ts';
import type { EventRecord, EventStatus } from '../../domain/event.ts';
import type { Resource, ResourceBodies, ResourceKind } from '../../domain/resources.ts';
import type { AlertCommands } from './alert-commands.ts';
import type { JobCommands } from './job-commands.ts';
import type {
  AuditEntry,
  ClaimRequest,
  RefreshSuccessor,
  RefreshToken,
  Rotation,
  SettleResult,
  StoredAnswer,
} from '../store.ts';

/*
 * What the main thread asks of the writer thread. The commands of every event are tuples and carry their bytes
 * apart, so that one transfer moves the payloads of a whole batch.
 */

/** A delivery to be made: id, subscription, target, 1 when handed off, and its ordering key if it has one. */
export type DeliveryTuple = [
  id: string,
  subscriptionId: string,
  targetId: string,
  handOff: 0 | 1,
  orderingKey?: string,
];

/** Everything of an event but its payload, which is the next blob unless the data kind is `none`. */
export type EventTuple = [
  id: string,
  eventId: string,
  source: string,
  type: string,
  subject: string | null,
  time: string | null,
  dataContentType: string | null,
  dataSchema: string | null,
  extensions: string | null,
  dataKind: number,
  sourceId: string,
  status: number,
  statusDetail: string | null,
  receivedAt: number,
  sizeBytes: number,
  traceparent: string,
  deliveries: DeliveryTuple[],
];

/** 0: accepted; `waiting`: accepted, but these deliveries wait for their turn instead of being handed off. Otherwise the event that is there already. */
export type AppendOutcome =
  0 | { waiting: string[] } | [existingId: string, status: EventStatus, deliveryCount: number];

/** An attempt; `request` and `response` are JSON without their bodies, which are the next blobs where the flag says so. */
export type AttemptTuple = [
  id: string,
  number: number,
  startedAt: number,
  durationMs: number,
  statusCode: number | null,
  errorKind: string | null,
  error: string | null,
  request: string | null,
  hasRequestBody: 0 | 1,
  response: string | null,
];

export type SettleTuple = [
  deliveryId: string,
  fence: number,
  state: number,
  nextAttemptAt: number | null,
  reason: string | null,
  reasonDetail: string | null,
  at: number,
  attempt: AttemptTuple | null,
];

export interface ClaimedRow {
  delivery: Delivery;
  fence: number;
  event: EventRecord;
}

/** Each write command with its input and its output. */
export interface WriteCommands extends JobCommands, AlertCommands {
  append: { input: EventTuple[]; output: AppendOutcome[] };
  claim: { input: ClaimRequest; output: ClaimedRow[] };
  settle: { input: SettleTuple[]; output: SettleResult[] };
  release: { input: { deliveryId: string; fence: number }[]; output: null };
  retryDelivery: { input: PersonalAction; output: Delivery };
  cancelDelivery: { input: PersonalAction; output: Delivery };
  cancelWaiting: {
    input: {
      filter: { targetId: string } | { subscriptionId: string } | { replayId: string };
      reason: { code: string; detail: string };
      at: number;
      limit: number;
    };
    output: number;
  };
  insertResource: { input: { resource: Resource; audit: AuditEntry }; output: null };
  updateResource: { input: { change: ResourceChange; audit: AuditEntry }; output: Resource };
  deleteResource: {
    input: {
      target: { kind: ResourceKind; id: string; expectedVersion: number | null };
      audit: AuditEntry;
    };
    output: null;
  };
  insertRefreshToken: { input: RefreshToken; output: null };
  rotateRefreshToken: {
    input: { hash: string; successor: RefreshSuccessor; now: number; graceMs: number };
    output: Rotation;
  };
  revokeFamilyOf: { input: string; output: null };
  revokeSessionsOfUser: { input: string; output: null };
  countLoginFailure: { input: { key: string; now: number; windowMs: number }; output: number };
  clearLoginFailures: { input: string; output: null };
  beginIdempotent: {
    input: { scope: string; bodyHash: string; now: number; keepMs: number };
    output:
      | { outcome: 'started' | 'mismatch' | 'in_progress' }
      | { outcome: 'replay'; answer: StoredAnswer };
  };
  finishIdempotent: { input: { scope: string; answer: StoredAnswer | null }; output: null };
  heartbeat: { input: { now: number; report: string | null }; output: null };
  takeOver: { input: { now: number; silentMs: number }; output: number };
  /** Brings the full-text index nearer to the newest event; answers how many events it took. */
  indexWords: { input: number; output: number };
  /** Removes up to `limit` events, fewer when that takes long; `isDone` when no more than these were old enough. */
  pruneEvents: {
    input: { before: number; limit: number };
    output: { removed: number; isDone: boolean };
  };
  pruneRest: { input: { before: number; now: number }; output: { isDone: boolean } };
}

export interface PersonalAction {
  id: string;
  at: number;
  audit: AuditEntry;
}

export interface ResourceChange {
  kind: ResourceKind;
  id: string;
  expectedVersion: number | null;
  name: string | null;
  body: ResourceBodies[ResourceKind];
  at: number;
}

export type WriteKind = keyof WriteCommands;

/** One command on its way to the writer; its blobs follow each other in the batch's bytes. */
export type SentCommand = [kind: WriteKind, input: unknown, blobSizes: number[]];

export interface WriteBatch {
  now: number;
  commands: SentCommand[];
  bytes: Uint8Array;
}

/** A batch between the threads: its commands as one JSON text, which costs both sides less than cloning many small values. */
export interface SentBatch {
  now: number;
  commands: string;
  bytes: Uint8Array;
}

/** The batch that was sent. */
export function readBatch({ now, commands, bytes }: SentBatch): WriteBatch {
  return { now, commands: JSON.parse(commands) as SentCommand[], bytes };
}
