import type { Server } from 'node:http';
import type { Services } from './services.ts';

/**
 * Stops a server without losing requests: from now on every answer closes its connection, live streams are told and
 * ended, no connection is taken any more, and what still runs after `graceMs` is cut. Resolves when all connections are closed.
 */
export function closeHttpServer(
  server: Server,
  services: Pick<Services, 'drain' | 'hub' | 'clock'>,
  graceMs: number,
): Promise<void> {
  services.drain.begin();
  services.hub.close();
  return new Promise((resolve) => {
    const cancel = services.clock.after(graceMs, () => server.closeAllConnections());
    server.close(() => {
      cancel();
      resolve();
    });
    server.closeIdleConnections();
  });
}
