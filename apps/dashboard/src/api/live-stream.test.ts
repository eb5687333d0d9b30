/** @jest-environment node */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { CurrentUser } from '@signalbox/api/contract';
import { backOffMs, createLiveStream, type LiveStream } from './live-stream.ts';
import type { StreamMessage } from './stream-messages.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A gateway that answers each connection with the next of `answers`, and a stream connected to it. */
const ADA = { id: 'usr_1', email: 'ada@example.com', role: 'admin' } as CurrentUser;
async function connect(
  answers: Answer[],
  refresh: () => Promise<CurrentUser | null> = () => Promise.resolve(null),
) {
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
    onStatus: (status, fault) => {
      statuses.push(fault === undefined ? status : `${status}: ${fault}`);
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

const closing = (reason: string) => `event: closing\ndata: {"reason":"${reason}"}\n\n`;

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
    expect(statuses).toEqual([
      'connecting',
      'live',
      'reconnecting: the gateway closed the stream',
      'live',
    ]);
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
      [(_request, response) => response.writeHead(401).end(), events(accepted(1))],
      () => {
        renewals += 1;
        return Promise.resolve(null);
      },
    );
    stream.start();
    await until(() => statuses.includes('live'));
    expect(renewals).toBe(1);
  });

  test('renews the session when the gateway says that it ran out, and goes on at once where it was', async () => {
    let renewals = 0;
    const { stream, requests, statuses, messages, until } = await connect(
      [events(accepted(7) + closing('signed_out'), true), events(accepted(8))],
      () => {
        renewals += 1;
        return Promise.resolve(ADA);
      },
    );
    stream.start();
    await until(() => messages.length === 3);
    expect(renewals).toBe(1);
    expect(requests[1]?.headers['last-event-id']).toBe('7');
    expect(statuses).toEqual(['connecting', 'live', 'live']);
  });

  test('waits before the next try when the session cannot be renewed', async () => {
    const { stream, statuses, until } = await connect([
      events(accepted(7) + closing('signed_out'), true),
      events(accepted(8)),
    ]);
    stream.start();
    await until(() => statuses.length === 4);
    expect(statuses[2]).toBe('reconnecting: the session had to be renewed');
  });

  test.each([
    ['shutdown', 'the gateway restarts'],
    ['interrupted', 'the gateway could not go on'],
    ['too_slow', 'this browser could not keep up'],
    ['brand_new', 'the gateway closed the stream: brand_new'],
  ])('connects again after %s and says why', async (reason, words) => {
    const { stream, requests, statuses, until } = await connect([
      events(accepted(7) + closing(reason), true),
      events(accepted(8)),
    ]);
    stream.start();
    await until(() => statuses.length === 4);
    expect(requests[1]?.headers['last-event-id']).toBe('7');
    expect(statuses).toEqual(['connecting', 'live', `reconnecting: ${words}`, 'live']);
  });

  test('says that the gateway cannot be reached, whatever the browser calls it', async () => {
    const { stream, statuses, until } = await connect([
      (request) => request.socket.destroy(),
      events(accepted(1)),
    ]);
    stream.start();
    await until(() => statuses.includes('live'));
    expect(statuses).toEqual(['connecting', 'reconnecting: the gateway cannot be reached', 'live']);
  });

  test('never calls itself live on a connection that was refused a stream', async () => {
    const { stream, statuses, until } = await connect([
      events(closing('too_many_streams'), true),
      events(accepted(8)),
    ]);
    stream.start();
    await until(() => statuses.includes('live'));
    expect(statuses).toEqual([
      'connecting',
      'reconnecting: too many dashboards are open at once',
      'live',
    ]);
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
