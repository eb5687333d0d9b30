import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import type { Clock } from '../../src/domain/clock.ts';
import { createLogger } from '../../src/log.ts';
import type { Shape } from './shape.ts';
import { startCluster } from './start-cluster.ts';
import { startFleet } from './start-fleet.ts';

/** A gateway, of however many processes. */
interface Running {
  /** Where clients come. */
  url: string;
  /** Ends it, and everything that belongs to it goes. */
  stop: () => Promise<void>;
}

/**
 * Starts the gateway from nothing in one of its shapes.
 * @param settings environment variables of docs/settings.md
 */
export async function startShape(
  shape: Shape,
  settings: Readonly<Record<string, string>>,
  clock?: Clock,
): Promise<Running> {
  switch (shape) {
    case 'embedded':
      return startEmbedded(settings, clock);
    case 'cluster':
      return startCluster(settings);
    case 'fleet':
      return startFleet(settings);
  }
}

/** In this very process, from its composition root. */
async function startEmbedded(
  settings: Readonly<Record<string, string>>,
  clock?: Clock,
): Promise<Running> {
  const dataDir = await mkdtemp(join(tmpdir(), 'signalbox-http-'));
  const app = await createApp({
    config: readConfig({ PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent', ...settings }),
    logger: createLogger('silent'),
    ...(clock ? { clock } : {}),
  });
  await app.listen();
  return {
    url: app.url,
    async stop() {
      await app.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
