import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server as TcpServer,
  type Socket,
} from 'node:net';
import type { LookupAddress } from 'node:dns';
import { afterEach, describe, expect, test } from '@jest/globals';
import { systemClock } from '../domain/clock.ts';
import { resolveBySystem, type Resolve } from './guarded-lookup.ts';
import { createSender, type Sender } from './send.ts';
import type { SendRequest } from './send-types.ts';
import type { RequestListener } from 'node:http';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

function senderWith(options: { resolve?: Resolve; allowCidrs?: readonly string[] } = {}): Sender {
  const sender = createSender({
    clock: systemClock,
    resolve: resolveBySystem,
    allowCidrs: ['127.0.0.0/8', '::1/128'],
    ...options,
  });
  closers.push(() => sender.close());
  return sender;
}

async function listen(server: Server | TcpServer): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(async () => {
    if ('closeAllConnections' in server) server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  return (server.address() as AddressInfo).port;
}

/** A receiver on loopback; the bytes it got are in `bodies`. */
async function receiver(handler: RequestListener): Promise<{ port: number; server: Server }> {
  const server = createServer(handler);
  return { port: await listen(server), server };
}

async function rawReceiver(onSocket: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    onSocket(socket);
  });
  const port = await listen(server);
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    return Promise.resolve();
  });
  return port;
}

function post(port: number, overrides: Partial<SendRequest> = {}): SendRequest {
  return {
    poolKey: 'tgt_1',
    maxConnections: 4,
    method: 'POST',
    url: new URL(`http://127.0.0.1:${port}/hook?a=1`),
    headers: { 'content-type': 'application/json' },
    body: Buffer.from('{"a":1}'),
    timeoutMs: 2000,
    tls: null,
    oauth2: null,
    ...overrides,
  };
}

describe('a request', () => {
  test('carries method, path, headers and the exact bytes', async () => {
    const seen: unknown[] = [];
    const { port } = await receiver((request, response) => {
      void request.toArray().then((chunks: Buffer[]) => {
        const { method, url, headers } = request;
        seen.push([method, url, headers['x-team'], Buffer.concat(chunks).toString('hex')]);
        response.end();
      });
    });
    const outcome = await senderWith().send(
      post(port, { method: 'PUT', headers: { 'x-team': 'a' }, body: Buffer.from([0xff, 0, 1]) }),
    );
    expect(outcome).toMatchObject({ outcome: 'answered', statusCode: 200, truncated: false });
    expect(seen).toEqual([['PUT', '/hook?a=1', 'a', 'ff0001']]);
  });

  test('reuses connections', async () => {
    let connections = 0;
    const { port, server } = await receiver((_request, response) => response.end('ok'));
    server.on('connection', () => (connections += 1));
    const { send } = senderWith();
    for (let count = 0; count < 20; count += 1) await send(post(port));
    // A connection is free again one turn of the event loop after its answer: two take turns.
    expect(connections).toBeLessThanOrEqual(2);
  });

  test('never opens more connections than its target may have', async () => {
    let connections = 0;
    const { port, server } = await receiver((_request, response) => {
      setImmediate(() => response.end());
    });
    server.on('connection', () => (connections += 1));
    const { send } = senderWith();
    await Promise.all(Array.from({ length: 20 }, () => send(post(port, { maxConnections: 3 }))));
    expect(connections).toBe(3);
  });
});

describe('an answer', () => {
  test('keeps its code, headers and body', async () => {
    const { port } = await receiver((_request, response) => {
      response.writeHead(422, { 'x-a': ['1', '2'], 'retry-after': '7' }).end('no');
    });
    expect(await senderWith().send(post(port))).toMatchObject({
      statusCode: 422,
      headers: { 'x-a': '1, 2' },
      body: Buffer.from('no'),
      retryAfterMs: 7000,
    });
  });

  test('that redirects is not followed', async () => {
    let requests = 0;
    const { port } = await receiver((_request, response) => {
      requests += 1;
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    expect(await senderWith().send(post(port))).toMatchObject({ statusCode: 307 });
    expect(requests).toBe(1);
  });

  test('is kept up to 16 KiB, and the connections survive the rest', async () => {
    let connections = 0;
    const { port, server } = await receiver((_request, response) =>
      response.end(Buffer.alloc(100_000, 'x')),
    );
    server.on('connection', () => (connections += 1));
    const { send } = senderWith();
    for (let count = 0; count < 10; count += 1) {
      const outcome = await send(post(port));
      expect(outcome).toMatchObject({ statusCode: 200, truncated: true });
      expect(outcome.outcome === 'answered' && outcome.body.length).toBe(16_384);
    }
    expect(connections).toBeLessThanOrEqual(2);
  });

  test('of exactly 16 KiB is not flagged', async () => {
    const { port } = await receiver((_request, response) => response.end(Buffer.alloc(16_384)));
    expect(await senderWith().send(post(port))).toMatchObject({ truncated: false });
  });

  test('that does not end is cut off, and its code counts', async () => {
    const cut = Promise.withResolvers<undefined>();
    const { port } = await receiver((_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
      };
      response.on('drain', more).on('close', () => cut.resolve(undefined));
      more();
    });
    expect(await senderWith().send(post(port))).toMatchObject({ statusCode: 200, truncated: true });
    await cut.promise;
  });
});

describe('a hanging target is cut at the timeout', () => {
  test.each<[string, (socket: Socket) => void]>([
    ['that accepts and never answers', () => undefined],
    ['that stalls within the headers', (socket) => socket.write('HTTP/1.1 200 OK\r\nx-a')],
    [
      'that stalls after the headers',
      (socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nab'),
    ],
    [
      'that trickles its body',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10000\r\n\r\n');
        const timer = setInterval(() => socket.write('x'), 20);
        socket.on('close', () => clearInterval(timer));
      },
    ],
  ])('%s', async (_title, answer) => {
    const closed = Promise.withResolvers<undefined>();
    const port = await rawReceiver((socket) => {
      socket.once('data', () => answer(socket)).on('close', () => closed.resolve(undefined));
    });
    const outcome = await senderWith().send(post(port, { timeoutMs: 150 }));
    expect(outcome).toMatchObject({ outcome: 'failed', errorKind: 'timeout' });
    expect(outcome.durationMs).toBeLessThan(1000);
    await closed.promise;
  });

  test('and a request that waits behind it never leaves', async () => {
    const paths: string[] = [];
    const port = await rawReceiver((socket) =>
      socket.on('data', (bytes) => paths.push(bytes.toString().split(' ')[1] ?? '')),
    );
    const { send } = senderWith();
    const ask = (path: string, timeoutMs: number) =>
      send(
        post(port, {
          url: new URL(`http://127.0.0.1:${port}${path}`),
          maxConnections: 1,
          timeoutMs,
        }),
      );
    const hanging = ask('/hanging', 300);
    expect(await ask('/behind', 50)).toMatchObject({ errorKind: 'timeout' });
    await hanging;
    await ask('/after', 200);
    expect(paths).toEqual(['/hanging', '/after']);
  });
});

describe('a failure is data', () => {
  test('a refused connection', async () => {
    const server = createTcpServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    expect(await senderWith().send(post(port))).toMatchObject({ errorKind: 'connection_refused' });
  });

  test('a reset connection', async () => {
    const port = await rawReceiver((socket) => socket.once('data', () => socket.resetAndDestroy()));
    expect(await senderWith().send(post(port))).toMatchObject({ errorKind: 'connection_reset' });
  });

  test('a connection that ends without an answer', async () => {
    const port = await rawReceiver((socket) => socket.once('data', () => socket.end()));
    expect(await senderWith().send(post(port))).toMatchObject({ errorKind: 'connection_reset' });
  });

  test('an answer that is cut short', async () => {
    const port = await rawReceiver((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nab')),
    );
    expect(await senderWith().send(post(port))).toMatchObject({ errorKind: 'connection_reset' });
  });

  test('an answer that is not HTTP', async () => {
    const port = await rawReceiver((socket) =>
      socket.once('data', () => socket.end('SSH-2.0\r\n\r\n')),
    );
    expect(await senderWith().send(post(port))).toMatchObject({ errorKind: 'invalid_response' });
  });

  test('headers without end', async () => {
    const port = await rawReceiver((socket) =>
      socket.once('data', () =>
        socket.write(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(70_000)}\r\n\r\n`),
      ),
    );
    expect(await senderWith().send(post(port))).toMatchObject({ errorKind: 'invalid_response' });
  });

  test('TLS with a peer that does not speak it', async () => {
    const { port } = await receiver((_request, response) => response.end());
    const url = new URL(`https://127.0.0.1:${port}/`);
    expect(await senderWith().send(post(port, { url }))).toMatchObject({ errorKind: 'tls' });
  });

  test('a name that does not exist', async () => {
    const resolve: Resolve = () =>
      Promise.reject(Object.assign(new Error('none'), { code: 'ENOTFOUND' }));
    const url = new URL('http://nowhere.example/');
    expect(await senderWith({ resolve }).send(post(0, { url }))).toMatchObject({
      errorKind: 'dns',
    });
  });

  test('a header that cannot be sent', async () => {
    const { port } = await receiver((_request, response) => response.end());
    const outcome = await senderWith().send(post(port, { headers: { 'x-a': 'b\r\nc: d' } }));
    expect(outcome).toMatchObject({ errorKind: 'internal' });
  });

  test('a closed sender', async () => {
    const sender = senderWith();
    await sender.close();
    expect(await sender.send(post(1))).toMatchObject({ outcome: 'failed' });
  });
});

describe('addresses are checked when connecting', () => {
  const at = (...addresses: string[]): LookupAddress[] =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  const named = (port: number) => post(port, { url: new URL(`http://name.example:${port}/`) });

  test('a name is resolved once for a connection, and the checked address is used', async () => {
    let lookups = 0;
    const { port } = await receiver((_request, response) => response.end());
    const resolve: Resolve = () => {
      lookups += 1;
      return Promise.resolve(at('127.0.0.1'));
    };
    expect(await senderWith({ resolve }).send(named(port))).toMatchObject({ statusCode: 200 });
    expect(lookups).toBe(1);
  });

  test('a name that changes its answer gains nothing', async () => {
    let requests = 0;
    const { port } = await receiver((_request, response) => {
      requests += 1;
      response.setHeader('connection', 'close').end();
    });
    const answers = [at('127.0.0.1'), at('127.0.0.2')];
    const resolve: Resolve = () => Promise.resolve(answers.shift() ?? []);
    const { send } = senderWith({ resolve, allowCidrs: ['127.0.0.1/32'] });
    expect(await send(named(port))).toMatchObject({ statusCode: 200 });
    expect(await send(named(port))).toMatchObject({ errorKind: 'forbidden_address' });
    expect(requests).toBe(1);
  });

  test.each([
    ['one bad address among good ones', at('127.0.0.1', '10.0.0.1')],
    ['a metadata service', at('169.254.169.254')],
    ['a metadata service in disguise', at('::ffff:169.254.169.254')],
    ['a mapped private address', at('::ffff:10.0.0.1')],
  ])('%s refuses the name', async (_title, addresses) => {
    let requests = 0;
    const { port } = await receiver((_request, response) => {
      requests += 1;
      response.end();
    });
    const resolve: Resolve = () => Promise.resolve(addresses);
    const { send } = senderWith({ resolve });
    expect(await send(named(port))).toMatchObject({ errorKind: 'forbidden_address' });
    expect(requests).toBe(0);
  });

  test.each(['http://127.0.0.1', 'http://[::1]', 'http://[::ffff:127.0.0.1]', 'https://127.0.0.1'])(
    'the literal address of %s is refused without a lookup',
    async (origin) => {
      const { port } = await receiver((_request, response) => response.end());
      const resolve: Resolve = () => Promise.reject(new Error('No lookup is expected.'));
      const { send } = senderWith({ resolve, allowCidrs: [] });
      const outcome = await send(post(port, { url: new URL(`${origin}:${port}/`) }));
      expect(outcome).toMatchObject({ errorKind: 'forbidden_address' });
    },
  );

  test('plain http reaches allowed networks only, never public addresses', async () => {
    const resolve: Resolve = () => Promise.resolve(at('1.1.1.1'));
    const outcome = await senderWith({ resolve }).send(named(80));
    expect(outcome).toMatchObject({ errorKind: 'forbidden_address' });
    expect(outcome).toHaveProperty('error', expect.stringContaining('https'));
  });
});
