import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { signIn } from '../support/api-client.ts';
import { startGateway } from '../support/start-gateway.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signalbox-start-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Runs a start that is expected to fail. */
async function failToStart(environment: Record<string, string>) {
  const child = spawn(process.execPath, [MAIN], {
    cwd: folder,
    env: { PATH: process.env['PATH'], DATA_DIR: folder, PORT: '0', ...environment },
  });
  let output = '';
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  child.stderr.on('data', (text: Buffer) => (output += text.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, output };
}

describe('the first start', () => {
  test('prints a one-time password that signs in, and the next start prints none', async () => {
    const first = await startGateway(folder, { ADMIN_PASSWORD: '' });
    const password = /Password +(\S+)/.exec(first.output())?.[1] ?? '';
    const admin = { email: 'admin@signalbox.example', password };
    await expect(signIn(first.url, admin)).resolves.toBeDefined();
    expect(await first.stop()).toBe(0);

    const second = await startGateway(folder, { ADMIN_PASSWORD: '' });
    expect(second.output()).not.toContain('Password');
    await expect(signIn(second.url, admin)).resolves.toBeDefined();
    expect(await second.stop()).toBe(0);
  }, 30_000);
});

describe('a start that cannot succeed', () => {
  test('names every mistake in the settings', async () => {
    const { code, output } = await failToStart({
      PORT: 'x',
      LOG_LEVEL: 'loud',
      RETENTION_DAYS: '0',
    });
    expect(code).toBe(1);
    expect(output).toContain('3 mistakes');
    for (const name of ['PORT', 'LOG_LEVEL', 'RETENTION_DAYS'])
      expect(output).toContain(`${name}: `);
  }, 15_000);

  test('says that the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const port = String((other.address() as AddressInfo).port);
    const { code, output } = await failToStart({ PORT: port, LOG_LEVEL: 'silent' });
    other.close();
    expect(code).toBe(1);
    expect(output).toContain(`port ${port} on 127.0.0.1 is taken`);
  }, 15_000);

  test('says that the store is not a database', async () => {
    const { code, output } = await failToStart({
      DATABASE_URL: `file:${MAIN}`,
      LOG_LEVEL: 'silent',
    });
    expect(code).toBe(1);
    expect(output).toMatch(/could not start: .*database/i);
  }, 15_000);
});
