import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/start-test-app.ts';

// The gateway gives 10 seconds for headers and looks every second.
const PATIENCE_MS = 20_000;

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

/** Sends one byte of a header at a time until it is cut off; answers what it was told. */
async function drip(socket: Socket): Promise<string> {
  let received = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => (received += chunk));
  socket.on('error', () => undefined);
  socket.write('GET /health/live HTTP/1.1\r\nhost: x\r\nx-slow: ');
  const dripping = setInterval(() => socket.write('a'), 200);
  await once(socket, 'close');
  clearInterval(dripping);
  return received;
}

describe('slow clients', () => {
  test(
    'that send their headers drop by drop are cut off, while others are served',
    async () => {
      const dripping = Array.from({ length: 50 }, () => drip(app.connect()));
      await app.request('get', '/health/ready').expect(200);
      const answers = await Promise.all(dripping);
      expect(answers.filter((answer) => answer.startsWith('HTTP/1.1 408 '))).toHaveLength(50);
      expect(answers[0]).toContain('application/problem+json');
    },
    PATIENCE_MS,
  );
});
