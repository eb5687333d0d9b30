import type { Clock } from '../domain/clock.ts';
import { createIdFactory } from '../domain/ids.ts';
import type { EventStatus } from '../domain/event.ts';
import type { Claim, Store } from '../store/store.ts';

/** Work for a real store: events taken in and deliveries ended, at the clock's time. */
export function createWorkload(store: Store, clock: Clock) {
  const ids = createIdFactory(() => clock.now());

  /** Takes in one event with a delivery to each target; answers their leases. */
  async function accept(
    event: { status?: EventStatus; sourceId?: string; type?: string; eventId?: string },
    ...targetIds: string[]
  ): Promise<readonly Claim[]> {
    const data = Buffer.from('{}');
    const id = ids('evt');
    const [result] = await store.append([
      {
        event: {
          id,
          eventId: event.eventId ?? id,
          source: '/shop',
          type: event.type ?? 'order.created',
          subject: null,
          time: null,
          dataContentType: 'application/json',
          dataSchema: null,
          extensions: {},
          dataKind: 'json',
          data,
          sourceId: event.sourceId ?? 'src_1',
          status: event.status ?? (targetIds.length > 0 ? 'routed' : 'unmatched'),
          statusDetail: null,
          receivedAt: clock.now(),
          sizeBytes: data.length,
          traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
        },
        deliveries: targetIds.map((targetId) => ({
          id: ids('dlv'),
          subscriptionId: 'sub_1',
          targetId,
          orderingKey: null,
          handOff: true,
        })),
      },
    ]);
    return result?.claims ?? [];
  }

  /** Ends a lease with an answer: 2xx succeeds, 5xx retries, any other is dead. */
  async function settle(
    { delivery, fence }: Claim,
    statusCode: number,
    durationMs = 5,
  ): Promise<void> {
    const state = statusCode < 300 ? 'succeeded' : statusCode >= 500 ? 'retrying' : 'dead';
    const at = clock.now();
    const [outcome] = await store.settle([
      {
        deliveryId: delivery.id,
        fence,
        attempt: {
          id: ids('att'),
          deliveryId: delivery.id,
          number: delivery.attemptCount + 1,
          startedAt: at,
          durationMs,
          statusCode,
          errorKind: null,
          error: null,
          request: null,
          response: null,
        },
        next: {
          state,
          nextAttemptAt: state === 'retrying' ? at + 60_000 : null,
          reason: state === 'succeeded' ? null : `http_${statusCode}`,
          reasonDetail: null,
        },
        at,
      },
    ]);
    if (outcome !== 'settled') throw new Error(`the store says ${String(outcome)}`);
  }

  return { accept, settle };
}
