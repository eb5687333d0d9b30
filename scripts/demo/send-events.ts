import { setTimeout as wait } from 'node:timers/promises';
import type { Options } from './options.ts';
import type { DemoEvent } from './payloads.ts';

export interface Sent {
  sent: number;
  accepted: number;
  unmatched: number;
  /** Deliveries that routing made, by the gateway's answers. */
  deliveriesMade: number;
  /** `evt_…` of every accepted event. */
  eventIds: Set<string>;
  /** What went wrong, by message; empty when nothing did. */
  failures: Map<string, number>;
}

interface Accepted {
  id: string;
  status: string;
  deliveries: number;
}

const MOST_TRIES = 10;

/** What has been sent so far; `sendEvents` keeps it up to date. */
export function startCounting(): Sent {
  return {
    sent: 0,
    accepted: 0,
    unmatched: 0,
    deliveriesMade: 0,
    eventIds: new Set(),
    failures: new Map(),
  };
}

/** Sends the payloads round and round as binary CloudEvents, each at its due time, until done or told to stop. */
export async function sendEvents(
  { url, ratePerSecond, events }: Options,
  sourceKey: string,
  payloads: readonly DemoEvent[],
  sent: Sent,
  isStopped: () => boolean,
): Promise<void> {
  const run = Date.now().toString(36);
  const startedAt = performance.now();
  const answers = new Set<Promise<void>>();
  for (let index = 0; index < events && !isStopped(); index += 1) {
    const payload = payloads[index % payloads.length];
    if (payload === undefined) return;
    const dueInMs = startedAt + (index * 1000) / ratePerSecond - performance.now();
    if (dueInMs > 0) await wait(dueInMs);
    sent.sent += 1;
    const answer = sendOne(url, sourceKey, `demo-${run}-${index}`, payload, sent);
    answers.add(answer);
    void answer.finally(() => answers.delete(answer));
  }
  await Promise.all(answers);
}

async function sendOne(
  url: string,
  sourceKey: string,
  id: string,
  event: DemoEvent,
  sent: Sent,
): Promise<void> {
  let failure = '';
  for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
    try {
      const response = await post(url, sourceKey, id, event);
      const text = await response.text();
      if (response.status === 202) {
        note(sent, JSON.parse(text) as Accepted);
        return;
      }
      failure = `${event.type} was answered ${response.status}: ${text.slice(0, 300)}`;
      if (response.status !== 429 && response.status < 500) break;
      await wait(Number(response.headers.get('retry-after') ?? 1) * 1000);
    } catch (error) {
      // The same id is sent again: had it been stored, the answer says so and nothing is doubled.
      failure = error instanceof Error ? error.message : String(error);
      await wait(500);
    }
  }
  sent.failures.set(failure, (sent.failures.get(failure) ?? 0) + 1);
}

function post(url: string, sourceKey: string, id: string, event: DemoEvent): Promise<Response> {
  return fetch(`${url}/v1/events`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${sourceKey}`,
      'content-type': 'application/json',
      'ce-specversion': '1.0',
      'ce-id': id,
      'ce-type': event.type,
      'ce-source': encodeURI(event.source),
      'ce-time': new Date().toISOString(),
    },
    body: event.body,
  });
}

function note(sent: Sent, { id, status, deliveries }: Accepted): void {
  sent.accepted += 1;
  sent.deliveriesMade += deliveries;
  sent.eventIds.add(id);
  if (status === 'unmatched') sent.unmatched += 1;
}
