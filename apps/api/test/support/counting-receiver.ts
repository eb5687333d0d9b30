import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';

/** How a path of the receiver answers a request that was verified. */
export type Temper = (arrival: Arrival) => Mood | Promise<Mood>;
type Mood = 'accept' | 'fail' | 'hang';

export interface Arrival {
  webhookId: string;
  /** The delivered JSON. */
  body: unknown;
  /** Requests at this path before this one. */
  index: number;
}

/** What one path has seen. */
export interface Mailbox {
  /** Bodies that were answered with 200, by `webhook-id`; more than one where it came again. */
  accepted: ReadonlyMap<string, readonly unknown[]>;
  requests: number;
  /** Requests whose signature did not fit. */
  forged: number;
}

export interface CountingReceiver {
  /** Opens a path; answers its URL. */
  open(path: string, temper: Temper): string;
  /** The secret that requests at the path are verified with. */
  trust(path: string, secret: string): void;
  mailbox(path: string): Mailbox;
  close(): Promise<void>;
}

interface Box {
  temper: Temper;
  webhook: Webhook | null;
  accepted: Map<string, unknown[]>;
  requests: number;
  forged: number;
}

/** A receiver on loopback that verifies every request with the published library and counts each event. */
export async function startCountingReceiver(): Promise<CountingReceiver> {
  const boxes = new Map<string, Box>();
  const find = (path: string): Box => {
    const box = boxes.get(path);
    if (box === undefined) throw new Error(`nothing was opened at ${path}`);
    return box;
  };
  const server = createServer((request, response) => {
    void receive(find(request.url ?? ''), request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    open: (path, temper) => {
      boxes.set(path, { temper, webhook: null, accepted: new Map(), requests: 0, forged: 0 });
      return `http://127.0.0.1:${port}${path}`;
    },
    trust: (path, secret) => {
      find(path).webhook = new Webhook(secret);
    },
    mailbox: find,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function receive(
  box: Box,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // A sender that was killed half-way through a request has delivered nothing.
  const content = await text(request).catch(() => null);
  if (content === null) return;
  const index = box.requests;
  box.requests += 1;
  const webhookId = String(request.headers['webhook-id']);
  let body: unknown;
  try {
    body = box.webhook?.verify(content, request.headers as Record<string, string>);
  } catch {
    body = undefined;
  }
  if (body === undefined) {
    box.forged += 1;
    response.writeHead(401).end();
    return;
  }
  const answer = await box.temper({ webhookId, body, index });
  if (answer === 'hang') return;
  if (answer === 'fail') {
    response.writeHead(500).end('failed on purpose');
    return;
  }
  box.accepted.set(webhookId, [...(box.accepted.get(webhookId) ?? []), body]);
  response.writeHead(200).end();
}
