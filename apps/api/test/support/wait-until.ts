import { setTimeout as wait } from 'node:timers/promises';

const POLL_MS = 20;

/** Polls another process until `check` answers true. Throws after `timeoutMs`, with what `what` says then. */
export async function waitUntil(
  what: () => string,
  timeoutMs: number,
  check: () => boolean | Promise<boolean>,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await check())) {
    if (performance.now() > deadline) throw new Error(`waited ${timeoutMs} ms: ${what()}`);
    await wait(POLL_MS);
  }
}
