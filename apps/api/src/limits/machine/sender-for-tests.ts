import { systemClock } from '../../domain/clock.ts';
import type { Count } from '../count.ts';
import { createCounter } from '../counter.ts';
import { startRateSharing } from '../start-rate-sharing.ts';

/*
 * A process of its own that counts at the place it is given, or in Redis, and prints as a line of JSON how many hits it let in, window by
 * window, and how long a hit waited at most. It says "ready" first and begins at the moment it then reads.
 */
const [place = '', redisUrl = '', limitText = '', rateText = '', windowsText = ''] =
  process.argv.slice(2);
const limit = Number(limitText);
const hitsPerMs = Number(rateText) / 1000;
const windows = Number(windowsText);
const WINDOW_MS = 1000;
const STEP_MS = 2;

// Nothing of the sharing keeps a process alive.
setInterval(() => {}, WINDOW_MS);
const sharing = await startRateSharing({
  redisUrl: redisUrl === '' ? null : redisUrl,
  place,
  processId: `prc_${process.pid}`,
  clock: systemClock,
  log: () => {},
});
await sharing.ready;
const clock = systemClock;
const limitOf = (): number => limit;
const counter = createCounter({ name: 'source', clock, windowMs: WINDOW_MS, limitOf, sharing });
console.log('ready');
const startAt = await new Promise<number>((resolve) => {
  process.stdin.once('data', (text) => resolve(Number(text)));
});
while (clock.now() < startAt || sharing.state().mode !== 'together') await pause();

const letIn: number[] = [];
let sent = 0;
let longestWaitMs = 0;
while (clock.now() < startAt + windows * WINDOW_MS + WINDOW_MS / 2) {
  const due = Math.floor((clock.now() - startAt) * hitsPerMs);
  const answers: Promise<Count>[] = [];
  for (; sent < due; sent += 1) answers.push(timed(counter.hit('a')));
  for (const { totalHits, resetTime } of await Promise.all(answers)) {
    const window = Math.round((resetTime.getTime() - startAt) / WINDOW_MS) - 1;
    if (totalHits <= limit) letIn[window] = (letIn[window] ?? 0) + 1;
  }
  await pause();
}
console.log(JSON.stringify({ letIn: letIn.slice(0, windows), longestWaitMs }));
process.exit(0);

async function timed(answer: Count | Promise<Count>): Promise<Count> {
  const askedAt = performance.now();
  const count = await answer;
  longestWaitMs = Math.max(longestWaitMs, performance.now() - askedAt);
  return count;
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, STEP_MS));
}
