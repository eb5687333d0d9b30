import type { Server } from 'node:http';
import type { Services } from './services.ts';

// How often a draining server looks whether anyone is still connected.
const LOOK_MS = 25;

/**
 * Stops a server without losing requests. For up to `drainMs` it goes on as before, but every answer closes its connection and
 * live streams are told and ended: a client that keeps connections open learns of the end from an answer, not from a request that
 * met a closed door. Then no connection is taken any more, and what still runs after `graceMs` is cut. Resolves when all
 * connections are closed.
 */
export async function closeHttpServer(
  server: Server,
  services: Pick<Services, 'drain' | 'hub' | 'clock'>,
  { drainMs, graceMs }: { drainMs: number; graceMs: number },
): Promise<void> {
  const { clock } = services;
  services.drain.begin();
  services.hub.close();
  const endsAt = clock.now() + drainMs;
  while (clock.now() < endsAt && (await countConnections(server)) > 0) {
    await new Promise<void>((resolve) => clock.after(LOOK_MS, resolve));
  }
  await new Promise<void>((resolve) => {
    const cancel = clock.after(graceMs, () => server.closeAllConnections());
    server.close(() => {
      cancel();
      resolve();
    });
    server.closeIdleConnections();
  });
}

function countConnections(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.getConnections((error, count) => resolve(error ? 0 : count));
  });
}
