import { setTimeout as wait } from 'node:timers/promises';
import type { ApiClient } from './api-client.ts';

export interface Delivery {
  id: string;
  eventId: string;
  eventType: string;
  subscriptionId: string;
  targetId: string;
  state: string;
  attemptCount: number;
  reason: string | null;
  reasonDetail: string | null;
}

interface Page {
  data: Delivery[];
  nextCursor: string | null;
}

const OPEN = 'state=pending&state=delivering&state=retrying';
const POLL_MS = 300;

/** Waits until no delivery of these subscriptions is open any more. False: some still are after `timeoutMs`. */
export async function waitForDeliveries(
  api: ApiClient,
  subscriptionIds: readonly string[],
  timeoutMs: number,
): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  const path = `/v1/deliveries?limit=1&${OPEN}&${filter(subscriptionIds)}`;
  while ((await api.get<Page>(path)).data.length > 0) {
    if (performance.now() > deadline) return false;
    await wait(POLL_MS);
  }
  return true;
}

/** All deliveries of the given events, page by page. */
export async function collectDeliveries(
  api: ApiClient,
  subscriptionIds: readonly string[],
  eventIds: ReadonlySet<string>,
  createdAfter: Date,
): Promise<Delivery[]> {
  const deliveries: Delivery[] = [];
  const base = `/v1/deliveries?limit=200&createdAfter=${createdAfter.toISOString()}&${filter(subscriptionIds)}`;
  let path: string | null = base;
  while (path !== null) {
    const page: Page = await api.get<Page>(path);
    deliveries.push(...page.data.filter(({ eventId }) => eventIds.has(eventId)));
    path = page.nextCursor && `${base}&cursor=${encodeURIComponent(page.nextCursor)}`;
  }
  return deliveries;
}

function filter(subscriptionIds: readonly string[]): string {
  return subscriptionIds.map((id) => `subscriptionId=${id}`).join('&');
}
