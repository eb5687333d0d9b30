/** @jest-environment node */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { backOffMs, createLiveStream, type LiveStream } from './live-stream.ts';
import type { StreamMessage } from './stream-messages.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A gateway that answers each connection with the next of `answers`, and a stream connected to it. */
async function connect(answers: Answer[], refresh = () => Promise.resolve(null)) {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    (answers.shift() ?? (() => response.writeHead(503).end()))(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const statuses: string[] = [];
  const messages: StreamMessage[] = [];
  const waiting: { done: () => boolean; resolve: () => void }[] = [];
  const check = () => {
    for (const wait of waiting) if (wait.done()) wait.resolve();
  };
  const stream: LiveStream = createLiveStream({
    fetch: (path, init) =>
      fetch(new URL(path as string, `http://127.0.0.1:${String(address.port)}`), init),
    tokens: { accessToken: () => 'token-1', refresh },
    random: () => 0,
    onStatus: (status) => {
      statuses.push(status);
      check();
    },
    onMessages: (batch) => {
      messages.push(...batch);
      check();
    },
  });
  closers.push(() => {
    stream.stop();
    server.closeAllConnections();
    server.close();
  });
  const until = (done: () => boolean) =>
    new Promise<void>((resolve) => {
      waiting.push({ done, resolve });
      check();
    });
  return { stream, requests, statuses, messages, until };
}

const events =
  (text: string, ends = false): Answer =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(text);
    if (ends) response.end();
  };
const accepted = (id: number) =>
  `id: ${String(id)}\nevent: event.accepted\ndata: {"id":"evt_${String(id)}"}\n\n`;

describe('the live stream', () => {
  test('sends the bearer token and hands on what comes, after asking for a fresh read', async () => {
    const { stream, requests, messages, statuses, until } = await connect([events(accepted(7))]);
    stream.start();
    await until(() => messages.length === 2);
    expect(requests[0]?.headers.authorization).toBe('Bearer token-1');
    expect(requests[0]?.headers['last-event-id']).toBeUndefined();
    expect(messages).toEqual([
      { name: 'reset', data: { reason: 'opened' } },
      { name: 'event.accepted', data: { id: 'evt_7' } },
    ]);
    expect(statuses).toEqual(['connecting', 'live']);
  });

  test('resumes after a drop where it was, and says so meanwhile', async () => {
    const { stream, requests, messages, statuses, until } = await connect([
      events(accepted(7), true),
      events(accepted(8)),
    ]);
    stream.start();
    await until(() => messages.length === 3);
    expect(requests[1]?.headers['last-event-id']).toBe('7');
    expect(messages.map(({ name }) => name)).toEqual(['reset', 'event.accepted', 'event.accepted']);
    expect(statuses).toEqual(['connecting', 'live', 'reconnecting', 'live']);
  });

  test('goes on without a gap after a pause', async () => {
    const { stream, requests, messages, statuses, until } = await connect([
      events(accepted(7)),
      events(accepted(8)),
    ]);
    stream.start();
    await until(() => messages.length === 2);
    stream.pause();
    expect(statuses.at(-1)).toBe('paused');
    stream.start();
    await until(() => messages.length === 3);
    expect(requests[1]?.headers['last-event-id']).toBe('7');
  });

  test('renews the session on a 401 and tries again', async () => {
    let renewals = 0;
    const { stream, statuses, until } = await connect(
      [(_request, response) => response.writeHead(401).end(), events('')],
      () => {
        renewals += 1;
        return Promise.resolve(null);
      },
    );
    stream.start();
    await until(() => statuses.includes('live'));
    expect(renewals).toBe(1);
  });

  test('leaves out a message that is not JSON and keeps the rest', async () => {
    const { stream, messages, until } = await connect([
      events(`event: stats\ndata: {oops\n\n${accepted(9)}`),
    ]);
    stream.start();
    await until(() => messages.length === 2);
    expect(messages[1]).toEqual({ name: 'event.accepted', data: { id: 'evt_9' } });
  });
});

test('the wait before a new try doubles up to 15 s, with jitter of a quarter', () => {
  expect([1, 2, 3, 4, 5, 6, 20].map((failures) => backOffMs(failures, 0.5))).toEqual([
    500, 1000, 2000, 4000, 8000, 15_000, 15_000,
  ]);
  expect([backOffMs(1, 0), backOffMs(1, 1)]).toEqual([375, 625]);
});
