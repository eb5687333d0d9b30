import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FakeClock } from '../domain/fake-clock.ts';
import type { Transform } from '../domain/resources.ts';
import { createJsonataRunner, type JsonataRunner } from './jsonata-runner.ts';
import { startJsonataWorker, type StartedWorker } from './start-jsonata-worker.ts';
import { DEFAULT_TRANSFORM_LIMITS } from './transform-limits.ts';

/** Endless where the event says so. */
const FICKLE = '($f := function($n) { $f($n + 1) }; hangs ? $f(0) : "fickle")';
const GOOD = '"good"';
const HANGS = '{"hangs":true}';

let clock: FakeClock;
let ticking: NodeJS.Timeout;
let runner: JsonataRunner;
let started: StartedWorker[];

beforeEach(() => {
  clock = new FakeClock();
  // Goes with the real time; tests move it on besides.
  ticking = setInterval(() => clock.advance(10), 10);
  started = [];
  runner = createJsonataRunner(clock, DEFAULT_TRANSFORM_LIMITS, (limits) => {
    const one = startJsonataWorker(limits);
    started.push(one);
    return one;
  });
});
afterEach(async () => {
  clearInterval(ticking);
  await runner.close();
});

const jsonata = (body: string): Transform => ({ language: 'jsonata', body });
const run = (body: string, structured = '{}') => runner.run(body, jsonata(body), structured);
const alive = () => started.filter(({ worker }) => worker.threadId !== -1).length;

async function overrun(): Promise<void> {
  expect(await run(FICKLE, HANGS)).toMatchObject({ outcome: 'failed' });
}

describe('a transform that overran', () => {
  test('neither stops nor holds up others from then on', async () => {
    await overrun();
    expect(await run(GOOD)).toMatchObject({ body: '"good"' });
    const main = started[1]?.worker;
    const ended: string[] = [];
    const note = (body: string, structured: string) =>
      run(body, structured).then(({ outcome }) => ended.push(outcome));
    const suspects = [1, 2, 3].map(() => note(FICKLE, HANGS));
    await Promise.all(Array.from({ length: 100 }, () => note(GOOD, '{}')));
    expect(ended).toEqual(Array(100).fill('ok'));
    await Promise.all(suspects);
    expect(ended.slice(100)).toEqual(['failed', 'failed', 'failed']);
    expect(started).toHaveLength(5);
    expect(main?.threadId).not.toBe(-1);
  });

  test('is not run among others again, even where it waited already', async () => {
    const ended: string[] = [];
    const note = (body: string) => run(body, HANGS).then(({ outcome }) => ended.push(outcome));
    const suspects = [1, 2, 3].map(() => note(FICKLE));
    const good = Array.from({ length: 20 }, () => note(GOOD));
    await Promise.all([...suspects, ...good]);
    expect(ended.filter((outcome) => outcome === 'failed')).toHaveLength(3);
    expect(ended.at(-1)).toBe('failed');
  });

  test('is trusted again after a minute without another overrun', async () => {
    await overrun();
    await run(GOOD);
    // Starting threads takes real time, which counts as well.
    clock.advance(50_000);
    expect(await run(FICKLE)).toMatchObject({ body: '"fickle"' });
    expect(started).toHaveLength(3);
    const apart = started[2]?.worker;
    const exited = new Promise((resolve) => apart?.once('exit', resolve));
    clock.advance(10_000);
    await exited;
    expect(await run(FICKLE)).toMatchObject({ body: '"fickle"' });
    expect(started).toHaveLength(3);
  });

  test('is trusted at once when it was changed', async () => {
    await runner.run('sub_1', jsonata(FICKLE), HANGS);
    expect(await runner.run('sub_1', jsonata(GOOD), '{}')).toMatchObject({ body: '"good"' });
    expect(await run(GOOD)).toMatchObject({ outcome: 'ok' });
    expect(started).toHaveLength(2);
  });
});

describe('a transform that is tried out', () => {
  const tryOut = (body: string) => runner.tryOut(jsonata(body), HANGS);

  test('never runs among those of subscriptions', async () => {
    await run(GOOD);
    expect(await tryOut(FICKLE)).toMatchObject({ outcome: 'failed' });
    expect(started).toHaveLength(2);
    expect(started[0]?.worker.threadId).not.toBe(-1);
  });

  test('is run before what overran', async () => {
    await overrun();
    const ended: string[] = [];
    const suspects = [1, 2, 3].map(() => run(FICKLE, HANGS).then(() => ended.push('suspect')));
    await tryOut(GOOD).then(() => ended.push('trial'));
    expect(ended).toEqual(['trial']);
    await Promise.all(suspects);
  });
});

test('the second thread ends when nothing came for ten seconds, and starts again when needed', async () => {
  await run(GOOD);
  await runner.tryOut(jsonata(GOOD), '{}');
  clock.advance(9000);
  expect(alive()).toBe(2);
  const exited = new Promise((resolve) => started[1]?.worker.once('exit', resolve));
  clock.advance(1000);
  await exited;
  expect(alive()).toBe(1);
  expect(await runner.tryOut(jsonata(GOOD), '{}')).toMatchObject({ outcome: 'ok' });
  expect(started).toHaveLength(3);
});
