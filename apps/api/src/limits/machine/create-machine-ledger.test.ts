import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { waitUntil } from '../../../test/support/wait-until.ts';
import { systemClock } from '../../domain/clock.ts';
import type { Ledger } from '../ledger.ts';
import { createMachineLedger } from './create-machine-ledger.ts';

const HOST = fileURLToPath(new URL('host-for-tests.ts', import.meta.url));

let folder: string;
let path: string;
let opened: Ledger[];
let children: ChildProcess[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'signalbox-limits-'));
  path = join(folder, 'limits');
  opened = [];
  children = [];
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await Promise.all(opened.map((ledger) => ledger.close()));
  rmSync(folder, { recursive: true });
});

function open(): Ledger {
  const ledger = createMachineLedger({ path, clock: systemClock });
  opened.push(ledger);
  return ledger;
}

async function startHost(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [HOST, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  await once(child.stdout, 'data');
  return child;
}

const ASK = { key: 'source:a', windowMs: 60_000, limit: 10, spent: 0, heardHits: 0 };
const take = (ledger: Ledger, want: number, heardHits = 0) =>
  ledger.take({ ...ASK, want, heardHits, heardEndsInMs: heardHits > 0 ? 30_000 : 0 });

/** Joins until the answer is `count`, as the heartbeat does. */
async function joinUntil(ledger: Ledger, count: number): Promise<void> {
  await waitUntil(
    () => `they are not ${count}`,
    4000,
    async () => (await ledger.join()) === count,
  );
}

describe('the processes of one machine', () => {
  test('count together, whoever came first', async () => {
    const [first, second, third] = [open(), open(), open()];
    expect(await take(first, 4)).toMatchObject({ granted: 4, hits: 4 });
    expect(await take(second, 4)).toMatchObject({ granted: 4, hits: 8 });
    const last = await take(third, 4);
    expect(last).toMatchObject({ granted: 2, hits: 10 });
    expect(last.endsInMs).toBeGreaterThan(50_000);
  });

  test('know how many they are', async () => {
    const first = open();
    expect(await first.join()).toBe(1);
    const second = open();
    expect(await second.join()).toBe(2);
    expect(await first.join()).toBe(2);
    await second.close();
    await joinUntil(first, 1);
  });

  test('meet where only their own account gets in, and leave nothing behind', async () => {
    const [first, second] = [open(), open()];
    await first.join();
    await second.join();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    await second.close();
    await first.close();
    expect(existsSync(path)).toBe(false);
  });

  test('make the folder that they meet in', async () => {
    path = join(folder, 'new', 'limits');
    expect(await open().join()).toBe(1);
  });

  test('go on from what they heard when the one that counts leaves', async () => {
    const [first, second, third] = [open(), open(), open()];
    await take(first, 4);
    for (const other of [second, third]) await other.join();
    await first.close();
    expect(await take(second, 1, 4)).toMatchObject({ granted: 1, hits: 5 });
    expect(await take(third, 9, 4)).toMatchObject({ granted: 5, hits: 10 });
    await joinUntil(second, 2);
  });
});

describe('when the process that counts', () => {
  test('is killed, the others go on at once and with each other', async () => {
    const host = await startHost();
    const others = [open(), open(), open(), open()];
    for (const other of others) await take(other, 1);
    host.kill('SIGKILL');
    await once(host, 'exit');
    await Promise.all(others.map((other) => take(other, 1)));
    await Promise.all(others.map((other) => joinUntil(other, 4)));
    const [first, second] = others;
    if (!first || !second) throw new Error('unreachable');
    const { hits } = await take(first, 1);
    expect(await take(second, 1)).toMatchObject({ hits: hits + 1 });
  });

  test('was killed before, a new one takes its place', async () => {
    const host = await startHost();
    host.kill('SIGKILL');
    await once(host, 'exit');
    expect(existsSync(path)).toBe(true);
    expect(await open().join()).toBe(1);
  });

  test('freezes, it is given up after a while, and it joins the others when it wakes', async () => {
    const host = await startHost();
    const [first, second] = [open(), open()];
    await take(first, 1);
    await joinUntil(second, 3);
    host.kill('SIGSTOP');
    const heartbeat = (ledger: Ledger) =>
      Promise.race([
        ledger.join(),
        new Promise((done) => systemClock.after(20, () => done('unanswered'))),
      ]);
    while ((await heartbeat(first)) !== 2) await heartbeat(second);
    expect(await take(second, 1)).toMatchObject({ granted: 1 });
    host.kill('SIGCONT');
    await joinUntil(first, 3);
    expect(await second.join()).toBe(3);
  });
});
