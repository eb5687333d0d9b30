import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listen } from './express-front.ts';
import type { StoredEvent } from './group-commit.ts';

interface EventBody {
  id?: string;
  type: string;
  data: unknown;
}

/**
 * The front that the two limits share: bare node:http, no authentication, no limits, no validation; an array as the body is a
 * batch. Answers when `store` has resolved, with false for each event that was there already, and then hands on the others.
 */
export async function startBareFront(
  store: (events: readonly StoredEvent[]) => Promise<readonly boolean[]>,
  deliver: (event: StoredEvent) => void,
): Promise<number> {
  async function accept(body: Buffer, response: ServerResponse): Promise<void> {
    const parsed = JSON.parse(body.toString()) as EventBody | EventBody[];
    const events = (Array.isArray(parsed) ? parsed : [parsed]).map((event) => ({
      id: event.id ?? randomUUID(),
      type: event.type,
      data: JSON.stringify(event.data),
    }));
    const fresh = await store(events);
    const text = `{"accepted":${events.length}}`;
    response.writeHead(202, { 'content-type': 'application/json', 'content-length': text.length });
    response.end(text);
    events.forEach((event, index) => {
      if (fresh[index] === true) deliver(event);
    });
  }

  const server = createServer((request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => void accept(Buffer.concat(chunks), response));
  });
  return listen(server.listen(0, '127.0.0.1'));
}
