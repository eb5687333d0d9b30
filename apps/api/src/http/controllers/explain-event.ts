import type { z } from 'zod';
import type { ExplainQuery } from '../../contract/tests.ts';
import { compilePattern } from '../../routing/compile-pattern.ts';
import { explainPattern } from '../../routing/explain-pattern.ts';
import { toDocument } from '../../routing/to-document.ts';
import type { Answer, Input } from '../exchange.ts';
import { findEvent } from '../resources/find-event.ts';
import { findResource } from '../resources/find-resource.ts';
import { toMatchFailure } from '../resources/to-match-failure.ts';
import type { Services } from '../services.ts';

const MOST_DELIVERIES = 200;

/** Why a stored event did or did not go through each subscription, as the subscriptions are now. */
export async function explainEvent(
  services: Services,
  { params, query }: Input<{ eventId: string }, z.output<typeof ExplainQuery>>,
): Promise<Answer> {
  const event = await findEvent(services, params.eventId);
  const chosen =
    query.subscriptionId === undefined
      ? services.catalog.subscriptions()
      : [await findResource(services, 'subscription', query.subscriptionId)];
  const { items } = await services.store.listDeliveries(
    { eventId: [event.id] },
    { limit: MOST_DELIVERIES, cursor: null },
  );
  const firstOnes = items.filter(({ replayId }) => replayId === null);
  const deliveries = new Map(firstOnes.map(({ subscriptionId, id }) => [subscriptionId, id]));
  const document = toDocument(event);
  const subscriptions = chosen.map(({ id, body }) => {
    const pattern = services.catalog.compiledPattern(id) ?? compilePattern(body.pattern);
    const { matched, failures } = explainPattern(pattern, document);
    return {
      subscriptionId: id,
      subscriptionName: body.name,
      targetId: body.targetId,
      state: body.state,
      matched,
      failures: failures.map(toMatchFailure),
      deliveryId: deliveries.get(id) ?? null,
    };
  });
  return { status: 200, body: { subscriptions } };
}
