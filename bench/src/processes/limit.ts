/**
 * L, the limit: the least that takes an event by POST, syncs it to disk and delivers it signed. One process,
 * bare node:http, no authentication, no limits, no validation. An array as the body is a batch.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createDeliveryLoop } from './delivery-loop.ts';
import { listen } from './express-front.ts';
import { openGroupCommit } from './group-commit.ts';
import { announcePort, readPeerSettings } from './peer-settings.ts';
import { createSender } from './sender.ts';

interface EventBody {
  id?: string;
  type: string;
  data: unknown;
}

const { dataFolder, targetUrl, signingSecret } = readPeerSettings();
const commits = openGroupCommit(dataFolder);
const send = createSender(targetUrl, signingSecret);
const deliver = createDeliveryLoop(send, commits.markDelivered);

async function accept(body: Buffer, response: ServerResponse): Promise<void> {
  const parsed = JSON.parse(body.toString()) as EventBody | EventBody[];
  const events = (Array.isArray(parsed) ? parsed : [parsed]).map((event) => ({
    id: event.id ?? randomUUID(),
    type: event.type,
    data: JSON.stringify(event.data),
  }));
  const fresh = await commits.insertAll(events);
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
announcePort(await listen(server.listen(0, '127.0.0.1')));
