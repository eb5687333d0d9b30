import type { TargetFormat } from '../domain/delivery.ts';
import type { EventRecord } from '../domain/event.ts';
import type { Resource, Transform } from '../domain/resources.ts';
import type { Store } from '../store/store.ts';

/** What this folder needs from the rest of the gateway; each is passed in. */

export type DispatcherStore = Pick<
  Store,
  'claim' | 'settle' | 'release' | 'nextDueAt' | 'getResource'
>;

/** The configuration as this process knows it now; may lag behind the store by a moment. */
export interface DeliveryCatalog {
  target(id: string): Resource<'target'> | undefined;
  subscription(id: string): Resource<'subscription'> | undefined;
  targets(): Iterable<Resource<'target'>>;
}

/** A request's body as an event turns into it. */
export interface Rendered {
  body: Uint8Array;
  /** Null: the request carries no content type. */
  contentType: string | null;
  headers: Readonly<Record<string, string>>;
}

export type RenderFormat = (event: EventRecord, format: TargetFormat) => Rendered;

type TransformOutcome =
  | {
      outcome: 'ok';
      body: Uint8Array;
      contentType: string;
      headers: Readonly<Record<string, string>>;
      path: string | null;
    }
  | { outcome: 'skip' }
  | { outcome: 'failed'; message: string; position: number | null };

export interface Transformer {
  /** @param key names the compiled form: the subscription's id */
  run(key: string, transform: Transform, event: EventRecord): Promise<TransformOutcome>;
}

export type Log = (
  level: 'info' | 'warn' | 'error',
  message: string,
  fields: Readonly<Record<string, unknown>>,
) => void;

/** What a person must hear of. */
export interface DeliveryAlert {
  code: 'target_gone' | 'forbidden_address' | 'target_failing';
  targetId: string;
  deliveryId: string | null;
  detail: string;
}

export type RaiseAlert = (alert: DeliveryAlert) => void;

/** Sets a target's state to `disabled`, durably and for all processes, with the reason for a person to read. */
export type DisableTarget = (
  targetId: string,
  targetVersion: number,
  reason: string,
) => Promise<void>;
