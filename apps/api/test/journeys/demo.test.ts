import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { ADMIN, startGateway } from '../support/start-gateway.ts';

const DEMO = fileURLToPath(new URL('../../../../scripts/demo/main.ts', import.meta.url));

/** Runs the demo against a gateway and answers its last lines as counts by name. */
async function runDemo(url: string, ...options: string[]) {
  const child = spawn(process.execPath, [
    DEMO,
    ...['--url', url, '--email', ADMIN.email, '--password', ADMIN.password, '--rate', '100'],
    ...options,
  ]);
  let output = '';
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  child.stderr.on('data', (text: Buffer) => (output += text.toString()));
  const [code] = (await once(child, 'close')) as [number];
  const count = (name: string) =>
    Number(new RegExp(`^${name} {2,}([\\d,]+)`, 'm').exec(output)?.[1]?.replaceAll(',', ''));
  return { code, output, count };
}

test('what the demo sends is delivered and verified, one for one, in a first run and in a second', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-demo-'));
  const gateway = await startGateway(folder);
  try {
    for (const round of [1, 2]) {
      const { code, output, count } = await runDemo(gateway.url, '--events', '150');
      expect({ round, code, output }).toMatchObject({ round, code: 0 });
      expect(count('sent')).toBe(150);
      expect(count('delivered')).toBe(150);
      expect(count('verified')).toBe(150);
      expect(count('retried')).toBeGreaterThan(0);
    }
    const { code, output, count } = await runDemo(gateway.url, '--events', '60', '--dead-letters');
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(count('dead')).toBeGreaterThanOrEqual(2);
    expect(output).toContain('http_422: The target answered 422');
  } finally {
    await gateway.stop();
    await rm(folder, { recursive: true, force: true });
  }
}, 120_000);
