import { setTimeout as wait } from 'node:timers/promises';

export interface SteadyLoad {
  /** Numbers of the events that were answered with 202 so far, in no order. */
  accepted(): readonly number[];
  /** How often each status was answered; 0: the connection failed. */
  statuses(): ReadonlyMap<number, number>;
  /** Of the answers with 503, those without a `Retry-After`. */
  withoutRetryAfter(): number;
  /** The longest wait for an answer so far, in milliseconds. */
  slowestMs(): number;
  /** Sends nothing new, and resolves when all that was begun has been accepted. */
  finish(): Promise<void>;
}

const SENDERS = 8;
const BATCH_SIZE = 5;
const PAUSE_MS = 10;
const RETRY_MS = 100;

/**
 * Sends events without end to several doors in turn, as a careful source does: what was not answered with 202 is sent again with
 * the same ids. Every event carries its number as `data.number`.
 */
export function startSteadyLoad(urls: readonly string[], source: string, key: string): SteadyLoad {
  const accepted: number[] = [];
  const statuses = new Map<number, number>();
  let withoutRetryAfter = 0;
  let slowestMs = 0;
  let nextNumber = 0;
  let turn = 0;
  let isEnding = false;

  async function post(numbers: readonly number[]): Promise<boolean> {
    const url = urls[turn++ % urls.length] ?? '';
    const startedAt = performance.now();
    let status = 0;
    try {
      const response = await fetch(`${url}/v1/events`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${key}`,
          'content-type': 'application/cloudevents-batch+json',
        },
        body: JSON.stringify(
          numbers.map((number) => ({
            specversion: '1.0',
            id: `steady-${number}`,
            source,
            type: 'steady.event',
            data: { number },
          })),
        ),
      });
      ({ status } = response);
      await response.arrayBuffer();
      if (status === 503 && !response.headers.has('retry-after')) withoutRetryAfter += 1;
    } catch {
      // No answer: not accepted, as far as anyone can know.
    }
    slowestMs = Math.max(slowestMs, performance.now() - startedAt);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    return status === 202;
  }

  async function send(): Promise<void> {
    while (!isEnding) {
      const numbers = Array.from({ length: BATCH_SIZE }, () => nextNumber++);
      while (!(await post(numbers))) await wait(RETRY_MS);
      accepted.push(...numbers);
      await wait(PAUSE_MS);
    }
  }

  const senders = Promise.all(Array.from({ length: SENDERS }, send));
  return {
    accepted: () => accepted,
    statuses: () => statuses,
    withoutRetryAfter: () => withoutRetryAfter,
    slowestMs: () => slowestMs,
    finish: async () => {
      isEnding = true;
      await senders;
    },
  };
}
