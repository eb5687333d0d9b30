import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { systemClock } from '../../src/domain/clock.ts';
import { describeEmbedded } from '../support/shape.ts';
import { startTestApp, type TestApp } from '../support/start-test-app.ts';

/** Far above the time to stop of the test that uses it. */
const SILENT_MS = 10_000;

async function connectTo(app: TestApp): Promise<Socket> {
  const socket = app.connect();
  socket.setEncoding('utf8');
  await once(socket, 'connect');
  return socket;
}

/** All that the socket receives until it is closed. */
async function rest(socket: Socket): Promise<string> {
  let received = '';
  socket.on('data', (chunk: string) => (received += chunk));
  await once(socket, 'close');
  return received;
}

/** Waits until the server has seen what was written before. */
async function roundTrip(app: TestApp): Promise<void> {
  await app.request('get', '/health/live').expect(200);
}

describe('while the gateway stops', () => {
  test('a request that was under way is answered, and its connection closed', async () => {
    const app = await startTestApp();
    const body = JSON.stringify({ type: 'last.one' });
    const socket = await connectTo(app);
    socket.write(
      `POST /v1/events HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${app.source.key}\r\n` +
        `content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`,
    );
    await roundTrip(app);
    const closed = app.close();
    socket.write(body);
    const answer = await rest(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 202 /);
    expect(answer.toLowerCase()).toContain('connection: close');
    await closed;
  });

  test('503: it says that it is not ready, and when to come again', async () => {
    const app = await startTestApp();
    const socket = await connectTo(app);
    socket.write('GET /health/ready HTTP/1.1\r\nhost: x\r\n');
    await roundTrip(app);
    const closed = app.close();
    socket.write('\r\n');
    const answer = await rest(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 503 /);
    expect(answer.toLowerCase()).toContain('retry-after: 2');
    expect(answer.toLowerCase()).toContain('connection: close');
    await closed;
  });

  test('a live stream gets a last message and ends', async () => {
    const app = await startTestApp();
    const response = await fetch(`${app.url}/v1/stream`, {
      headers: { authorization: `Bearer ${app.tokens.viewer}` },
    });
    const whole = response.text();
    const closed = app.close();
    expect(await whole).toMatch(/event: closing\ndata: [^\n]*shutdown[^\n]*\n\n$/);
    await closed;
  });
});

describeEmbedded(
  'what runs in the background',
  'it is told by the environment of this process',
  () => {
    test('is not waited for beyond the time to stop', async () => {
      // A CloudWatch that takes connections and says nothing for long.
      const silent = createServer();
      const sockets: Socket[] = [];
      silent.on('connection', (socket) => {
        sockets.push(socket);
        systemClock.after(SILENT_MS, () => socket.destroy());
      });
      const asked = once(silent, 'connection');
      silent.listen(0, '127.0.0.1');
      await once(silent, 'listening');
      Object.assign(process.env, {
        AWS_ENDPOINT_URL: `http://127.0.0.1:${(silent.address() as AddressInfo).port}`,
        AWS_REGION: 'eu-central-1',
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
      });
      try {
        const app = await startTestApp({
          settings: { CLOUDWATCH_NAMESPACE: 'test', SHUTDOWN_SECONDS: '1' },
        });
        await asked;
        const startedAt = performance.now();
        await app.close();
        expect(performance.now() - startedAt).toBeLessThan(SILENT_MS - 1000);
      } finally {
        for (const socket of sockets) socket.destroy();
        silent.close();
      }
    }, 30_000);
  },
);
