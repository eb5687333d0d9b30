import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';

export interface Receiver {
  /** `http://127.0.0.1:<port>`; add one of the paths. */
  url: string;
  /** Requests to `path` are verified with this secret from now on. */
  expect(path: string, secret: string): void;
  counts(): ReceiverCounts;
  /** `path webhook-id` of all that were verified and answered with 200. */
  taken(): ReadonlySet<string>;
  close(): Promise<void>;
}

export interface ReceiverCounts {
  requests: number;
  verified: number;
  /** Requests whose signature did not fit: there must be none. */
  forged: number;
  failedOnPurpose: number;
  refusedOnPurpose: number;
}

type Mood = 'fine' | 'slow' | 'error' | 'busy' | 'refuse';

const SLOW_MS = 1200;

/**
 * A receiver with a temper, on loopback: it verifies every request with the published Standard Webhooks library,
 * and now and then is slow, fails with 500 or asks for a pause with 503. It stays well below half
 * failures, at which the gateway would open its circuit breaker. Its moods come in turn, so that even a short run
 * meets each of them.
 */
export async function startReceiver(deadLetters: boolean): Promise<Receiver> {
  const webhooks = new Map<string, Webhook>();
  const taken = new Set<string>();
  const refused = new Set<string>();
  const counts: ReceiverCounts = {
    requests: 0,
    verified: 0,
    forged: 0,
    failedOnPurpose: 0,
    refusedOnPurpose: 0,
  };

  const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request);
    const path = request.url ?? '';
    const id = String(request.headers['webhook-id']);
    counts.requests += 1;
    if (!isGenuine(webhooks.get(path), body, request)) {
      counts.forged += 1;
      response.writeHead(401).end('the signature does not fit');
      return;
    }
    counts.verified += 1;
    const mood = moodAt(counts.verified, deadLetters);
    if (mood === 'slow') await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
    if (mood === 'error' || mood === 'busy') {
      counts.failedOnPurpose += 1;
      answerFailure(response, mood);
    } else if (mood === 'refuse' || refused.has(`${path} ${id}`)) {
      refused.add(`${path} ${id}`);
      counts.refusedOnPurpose += 1;
      response.writeHead(422).end('this shop does not know that order');
    } else {
      taken.add(`${path} ${id}`);
      response.writeHead(200).end('thank you');
    }
  };

  const server = createServer((request, response) => void receive(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    expect: (path, secret) => void webhooks.set(path, new Webhook(secret)),
    counts: () => ({ ...counts }),
    taken: () => taken,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function isGenuine(webhook: Webhook | undefined, body: string, request: IncomingMessage): boolean {
  try {
    webhook?.verify(body, request.headers as Record<string, string>, { jsonParse: false });
    return webhook !== undefined;
  } catch {
    return false;
  }
}

function answerFailure(response: ServerResponse, mood: 'error' | 'busy'): void {
  if (mood === 'busy') response.writeHead(503, { 'retry-after': '1' }).end('busy');
  else response.writeHead(500).end('something broke');
}

/** @param turn counts the genuine requests, from 1 */
function moodAt(turn: number, deadLetters: boolean): Mood {
  if (turn % 12 === 0) return 'error';
  if (turn % 100 === 50) return 'busy';
  if (turn % 50 === 25) return 'slow';
  return deadLetters && turn % 50 === 5 ? 'refuse' : 'fine';
}
