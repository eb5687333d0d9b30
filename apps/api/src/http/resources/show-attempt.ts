import type { Attempt as WireAttempt } from '../../contract/deliveries.ts';
import { toWireAttempt } from '../../contract/from-domain.ts';
import type { Attempt } from '../../domain/delivery.ts';
import type { EventRecord } from '../../domain/event.ts';
import type { Services } from '../services.ts';

/** An attempt as answers show it; a body that is only kept as a format is rendered again from the event. */
export function showAttempt(
  services: Pick<Services, 'delivery'>,
  attempt: Attempt,
  event: EventRecord | null,
): WireAttempt {
  const format = attempt.request?.body ? null : attempt.request?.format;
  if (!format || !event) return toWireAttempt(attempt);
  return toWireAttempt(attempt, services.delivery.renderFormat(event, format).body);
}
