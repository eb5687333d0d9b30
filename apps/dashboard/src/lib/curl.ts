import { shellQuote } from './text.ts';

/** The command that sends one event to a gateway, ready to paste. */
export function curlEvent(
  origin: string,
  key: string,
  event: { type: string; data: unknown; id?: string; subject?: string },
): string {
  return [
    `curl ${origin}/v1/events`,
    `  -H ${shellQuote(`Authorization: Bearer ${key}`)}`,
    `  -H 'Content-Type: application/json'`,
    `  -d ${shellQuote(JSON.stringify(event))}`,
  ].join(' \\\n');
}

export const SAMPLE_EVENT = { type: 'order.created', data: { orderId: 1001, total: 49.9 } };
