import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const SENDER = fileURLToPath(new URL('sender-for-tests.ts', import.meta.url));
const WINDOWS = 3;
// Long enough for all to have heard of each other.
const LEAD_MS = 1200;

/**
 * Lets several real processes send twice the limit together, each its share of it. Answers how many hits all of them let in, by window.
 * @param shares of each process, together 1
 */
export async function measureTogether(options: {
  place: string;
  redisUrl?: string;
  limit: number;
  shares: readonly number[];
}): Promise<number[]> {
  const { place, redisUrl = '', limit, shares } = options;
  const children = shares.map((share) => {
    const values = [place, redisUrl, limit, limit * 2 * share, WINDOWS].map(String);
    return spawn(process.execPath, [SENDER, ...values], { stdio: ['pipe', 'pipe', 'inherit'] });
  });
  await Promise.all(
    children.map(async (child) => {
      const ended = once(child, 'exit').then(() => Promise.reject(new Error('a sender ended')));
      await Promise.race([once(child.stdout, 'data'), ended]);
    }),
  );
  const startAt = performance.timeOrigin + performance.now() + LEAD_MS;
  const results = children.map(async (child) => {
    let output = '';
    child.stdout.on('data', (text: Buffer) => (output += text.toString()));
    child.stdin.end(String(Math.round(startAt)));
    await once(child.stdout, 'close');
    return JSON.parse(output) as number[];
  });
  const counts = await Promise.all(results);
  return Array.from({ length: WINDOWS }, (_unused, window) =>
    counts.reduce((sum, ofOne) => sum + (ofOne[window] ?? 0), 0),
  );
}
