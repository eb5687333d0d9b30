import type { Clock } from '../domain/clock.ts';
import type { EventStatus } from '../domain/event.ts';
import type { IdFactory } from '../domain/ids.ts';
import type { SchemaPolicy } from '../domain/resources.ts';
import type { AppendResult, EventStore, NewEvent } from '../store/store.ts';
import { applySchemaPolicy, type SchemaCatalogue } from './apply-schema-policy.ts';
import { checkPermission, type Permission } from './check-permission.ts';
import { isRefusal, type IncomingEvent, type ReadItem, type Refusal } from './incoming-event.ts';
import { batchRefused, refusalError } from './invalid-event.ts';
import { planEvent, type HandOff } from './plan-event.ts';
import { planEvents } from './plan-events.ts';
import type { RouteEvent } from './route-event.ts';
import type { ValidateSchema } from './validate-schema.ts';

export interface Credential extends Permission {
  /** `src_…` */
  sourceId: string;
  schemaPolicy: SchemaPolicy;
}

export interface AcceptRequest {
  credential: Credential;
  mode: 'single' | 'batch';
  /** From `readEvents`. */
  items: readonly ReadItem[];
  /** True: refused items of a batch are answered one by one and the others are stored. */
  partial: boolean;
  /** W3C Trace Context of the request. */
  traceparent: string;
}

export interface AcceptedEvent {
  /** `evt_…`; of a duplicate: the event that was stored first. */
  id: string;
  /** The CloudEvents `id`. */
  eventId: string;
  status: EventStatus;
  deliveries: number;
  duplicate: boolean;
}

/** One wide log line for each request whose events were taken. */
export interface AcceptedLine {
  sourceId: string;
  mode: 'single' | 'batch';
  events: number;
  accepted: number;
  duplicates: number;
  refused: number;
  routed: number;
  unmatched: number;
  quarantined: number;
  deliveries: number;
  handedOff: number;
  sizeBytes: number;
  durationMs: number;
  traceparent: string;
}

export interface AcceptEventsDependencies {
  store: Pick<EventStore, 'append'>;
  route: RouteEvent;
  schemas: SchemaCatalogue;
  validateSchema: ValidateSchema;
  handOff: HandOff;
  ids: IdFactory;
  clock: Pick<Clock, 'now'>;
  log: (line: AcceptedLine) => void;
}

export type AcceptEvents = (request: AcceptRequest) => Promise<(AcceptedEvent | Refusal)[]>;

type Judged = Refusal | { event: IncomingEvent; quarantined: boolean; statusDetail: string | null };

/**
 * Makes the function that takes events in: permission, schema policy, routing, one durable append, hand-off to the dispatcher.
 * It resolves after the commit, with one result for each item, in order.
 *
 * An event is `routed` when at least one active subscription matches, else `unmatched`. A paused subscription gets no
 * deliveries, now or later; a paused or disabled target goes on getting them, and they wait. A quarantined event gets none.
 *
 * A batch is taken whole or not at all, unless `partial`. Rejects with `forbidden`, `schema_violation`, or `invalid_event` when a
 * batch has refusals of several kinds; and with whatever the store rejects with, in which case nothing was stored.
 */
export function createAcceptEvents(dependencies: AcceptEventsDependencies): AcceptEvents {
  const { store, handOff, clock, log } = dependencies;
  return async (request) => {
    const startedAt = clock.now();
    const judged = request.items.map((item, index) => {
      return isRefusal(item) ? item : judge(dependencies, request, item, index);
    });
    throwRefusals(request, judged);

    const reserved: string[] = [];
    const { credential, mode, traceparent } = request;
    let results: AppendResult[];
    let outcomes: (NewEvent | Refusal)[];
    let planned: NewEvent[];
    try {
      outcomes = await planEvents(judged, ({ event, quarantined, statusDetail }, index) =>
        planEvent(dependencies, {
          event,
          quarantined,
          statusDetail,
          sourceId: credential.sourceId,
          traceparent,
          receivedAt: startedAt,
          pointer: pointerOf(mode, index),
          reserved,
        }),
      );
      throwRefusals(request, outcomes);
      planned = outcomes.flatMap((item) => (isRefusal(item) ? [] : [item]));
      results = planned.length === 0 ? [] : await store.append(planned);
    } catch (error) {
      for (const targetId of reserved) handOff.release(targetId);
      throw error;
    }
    const claims = results.flatMap((result) => result.claims);
    for (const targetId of unused(reserved, claims)) handOff.release(targetId);
    if (claims.length > 0) handOff.accept(claims);

    let next = 0;
    const answers = outcomes.map((item) => {
      if (isRefusal(item)) return item;
      const result = answer(planned[next]?.event.eventId ?? '', results[next]);
      next += 1;
      return result;
    });
    const sizeBytes = planned.reduce((sum, { event }) => sum + event.sizeBytes, 0);
    const durationMs = clock.now() - startedAt;
    log({ ...count(request, answers), handedOff: claims.length, sizeBytes, durationMs });
    return answers;
  };
}

function judge(
  { schemas, validateSchema }: AcceptEventsDependencies,
  { credential, mode }: AcceptRequest,
  event: IncomingEvent,
  index: number,
): Judged {
  const pointer = pointerOf(mode, index);
  const refusal = checkPermission(credential, event, pointer);
  if (refusal) return refusal;
  const { schemaPolicy } = credential;
  const verdict = applySchemaPolicy(schemaPolicy, schemas, validateSchema, event, pointer);
  if (verdict.action === 'reject') return verdict.refusal;
  const statusDetail = verdict.action === 'pass' ? null : verdict.statusDetail;
  return { event, quarantined: verdict.action === 'quarantine', statusDetail };
}

/** Where an event stands in its request. */
function pointerOf(mode: AcceptRequest['mode'], index: number): string {
  return mode === 'batch' ? `/${index}` : '';
}

/** Refused items of a batch that is taken in part are answered later, in their places. */
function throwRefusals(
  { mode, partial }: AcceptRequest,
  judged: readonly (object | Refusal)[],
): void {
  if (partial && mode === 'batch') return;
  const refusals = judged.flatMap((item, index) =>
    isRefusal(item) ? [{ index, refusal: item }] : [],
  );
  const [first] = refusals;
  if (!first) return;
  throw mode === 'single' ? refusalError(first.refusal) : batchRefused(refusals, judged.length);
}

/** The reservations that no claim took up: those of duplicates. */
function unused(
  reserved: readonly string[],
  claims: readonly { delivery: { targetId: string } }[],
): string[] {
  const claimed = new Map<string, number>();
  for (const { delivery } of claims) {
    claimed.set(delivery.targetId, (claimed.get(delivery.targetId) ?? 0) + 1);
  }
  return reserved.filter((targetId) => {
    const left = claimed.get(targetId) ?? 0;
    claimed.set(targetId, left - 1);
    return left <= 0;
  });
}

function answer(eventId: string, result: AppendResult | undefined): AcceptedEvent {
  if (!result) throw new Error('the store answered fewer results than events');
  return {
    id: result.eventId,
    eventId,
    status: result.status,
    deliveries: result.deliveryCount,
    duplicate: result.outcome === 'duplicate',
  };
}

function count(request: AcceptRequest, answers: readonly (AcceptedEvent | Refusal)[]) {
  const counts = {
    accepted: 0,
    duplicates: 0,
    refused: 0,
    routed: 0,
    unmatched: 0,
    quarantined: 0,
    deliveries: 0,
  };
  for (const item of answers) {
    if (isRefusal(item)) {
      counts.refused += 1;
    } else if (item.duplicate) {
      counts.duplicates += 1;
    } else {
      counts.accepted += 1;
      counts[item.status] += 1;
      counts.deliveries += item.deliveries;
    }
  }
  const { credential, mode, traceparent } = request;
  return { sourceId: credential.sourceId, mode, events: answers.length, ...counts, traceparent };
}
