import type { Accepted } from '@signalbox/api/contract';
import { readProblem, unreachable } from './problem.ts';

/** Sends one event as a source does, with its key; answers in words how it went. */
export async function sendSample(key: string, event: object): Promise<string> {
  try {
    const response = await fetch('/v1/events', {
      method: 'POST',
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(event),
    });
    if (!response.ok) {
      const problem = await readProblem(response);
      return `${problem.detail} (request ${problem.requestId ?? 'unknown'})`;
    }
    const accepted = (await response.json()) as Accepted;
    const count = accepted.deliveries;
    return `Accepted: ${accepted.status}, ${count} ${count === 1 ? 'delivery' : 'deliveries'}.`;
  } catch {
    return unreachable().detail;
  }
}
