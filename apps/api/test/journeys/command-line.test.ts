import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { waitUntil } from '../support/wait-until.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signalbox-command-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const environment = () => ({ PATH: process.env['PATH'], DATA_DIR: folder, PORT: '0' });

/** Runs the program to its end, as a shell does. */
function run(...argv: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...argv], {
    cwd: folder,
    env: environment(),
    encoding: 'utf8',
  });
  return { code: status, output: stdout, errors: stderr };
}

describe('the program', () => {
  test('starts the gateway, tends it while it runs, and stops in good order', async () => {
    const gateway = spawn(process.execPath, [MAIN, 'start'], { cwd: folder, env: environment() });
    let output = '';
    gateway.stdout.on('data', (text: Buffer) => (output += text.toString()));
    gateway.stderr.on('data', (text: Buffer) => (output += text.toString()));
    try {
      await waitUntil(
        () => output,
        15_000,
        () => output.includes('listening on'),
      );
      const url = /listening on (\S+)/.exec(output)?.[1] ?? '';
      const added = run('user', 'add', 'ada@shop.example', '--json');
      expect(added.code).toBe(0);
      const { password } = JSON.parse(added.output) as { password: string };
      const answer = await fetch(`${url}/v1/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: 'ada@shop.example', password }),
      });
      expect(answer.status).toBe(200);
      expect(run('restore', join(folder, 'signalbox.db'), '--replace').code).toBe(3);
      expect(run('doctor').output).toContain(`a gateway runs: pid ${gateway.pid ?? ''}`);
    } finally {
      gateway.kill('SIGTERM');
    }
    const [code] = (await once(gateway, 'exit')) as [number];
    expect(code).toBe(0);
    // Whoever ends in good order is at once seen to be gone.
    expect(run('doctor').output).toContain('no gateway runs on this store');
  }, 60_000);

  test('writes outcomes to the standard output and everything else to the error output', () => {
    const wrong = run('user', 'list');
    expect(wrong).toEqual({ code: 2, output: '', errors: expect.stringContaining('signalbox: ') });
    const version = run('--version');
    expect(version).toEqual({ code: 0, output: expect.stringMatching(/^\d/), errors: '' });
  });

  test('is what the package installs, and what "npm run signalbox" runs', async () => {
    const read = async (path: string) =>
      JSON.parse(await readFile(new URL(`../../${path}`, import.meta.url), 'utf8')) as {
        bin?: Record<string, string>;
        scripts: Record<string, string>;
      };
    const { bin } = await read('package.json');
    expect(bin).toEqual({ signalbox: 'dist/cli/main.js' });
    const { scripts } = await read('../../package.json');
    expect(scripts['signalbox']).toBe('node apps/api/dist/cli/main.js');
    expect((await readFile(MAIN, 'utf8')).startsWith('#!/usr/bin/env node\n')).toBe(true);
  });
});
