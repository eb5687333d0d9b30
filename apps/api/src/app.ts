import type { Server } from 'node:http';
import { ensureFirstAdmin, type FirstAdmin } from './auth/first-admin.ts';
import { loadSealingKeys } from './auth/load-sealing-keys.ts';
import { createSealer, type Sealer } from './auth/sealing.ts';
import type { SecurityReporter } from './auth/security-event.ts';
import { createCatalog } from './catalog/catalog.ts';
import type { Config } from './config.ts';
import { createBacktestDesk } from './delivery/backtest/backtest-desk.ts';
import { headerFault } from './delivery/request-headers.ts';
import { systemClock, type Clock } from './domain/clock.ts';
import { createIdFactory } from './domain/ids.ts';
import { waitAtMost } from './domain/wait-at-most.ts';
import { closeHttpServer } from './http/close-http-server.ts';
import { createDrain } from './http/create-drain.ts';
import { createHttpServer } from './http/server.ts';
import type { Services } from './http/services.ts';
import type { Logger } from './log.ts';
import { insertDefaultRules } from './monitoring/alerts/insert-default-rules.ts';
import { laneBlockAt } from './monitoring/lane-block.ts';
import { startRetention } from './monitoring/start-retention.ts';
import { startOrphanWatch } from './monitoring/start-orphan-watch.ts';
import { startUpkeep } from './monitoring/start-upkeep.ts';
import { openStore } from './open-store.ts';
import { readVersion } from './read-version.ts';
import type { Store } from './store/store.ts';
import { createStreamHub } from './stream/stream-hub.ts';
import { checkTransform } from './transform/check-transform.ts';
import { renderFormat } from './transform/render-format.ts';
import { createTransformer } from './transform/create-transformer.ts';
import type { Base } from './wiring/base.ts';
import { httpSettings } from './wiring/http-settings.ts';
import { wireAlerts } from './wiring/wire-alerts.ts';
import { wireAuth } from './wiring/wire-auth.ts';
import { wireDelivery } from './wiring/wire-delivery.ts';
import { wireIngest } from './wiring/wire-ingest.ts';
import { wireMonitoring } from './wiring/wire-monitoring.ts';
import { wireRateSharing } from './wiring/wire-rate-sharing.ts';
import { wireReplays } from './wiring/wire-replays.ts';

export interface App {
  readonly version: string;
  /** Where it is reached; with port 0, known once it listens. */
  readonly url: string;
  /** The account made at the very first start; null later on. */
  readonly firstAdmin: FirstAdmin | null;
  listen(): Promise<void>;
  /** Stops accepting, finishes what is in flight (within the set time), gives leases back, closes. */
  close(): Promise<void>;
}

// Requests in flight get this share of the time to stop, deliveries the rest.
const HTTP_SHARE = 0.5;
// Even when that time is used up; a process manager allows a few seconds more.
const LEAST_MS = 1000;

/**
 * Builds the gateway from its parts; `listen` opens it to the world and `close` undoes everything in reverse.
 * Throws when the settings, the sealing keys or the store do not allow a start.
 */
export async function createApp(deps: {
  config: Config;
  logger: Logger;
  clock?: Clock;
}): Promise<App> {
  const { config, logger } = deps;
  const clock = deps.clock ?? systemClock;
  const ids = createIdFactory(() => clock.now());
  const base: Base = { config, logger, clock, ids, version: await readVersion() };

  const sealer = createSealer(loadSealingKeys(config.sealingKeys, config.dataDir));
  const onWarning = (warning: string): void => logger.warn(warning);
  const store = await openStore({ config, clock, ids, onWarning });
  try {
    return await assemble(base, store, sealer);
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function assemble(base: Base, store: Store, sealer: Sealer): Promise<App> {
  const { config, logger, clock, ids } = base;
  const onError = (error: unknown): void => logger.error({ err: error }, 'background work failed');
  const catalog = await createCatalog({ store, clock, onError });
  const firstAdmin = await ensureFirstAdmin(
    { store, clock, ids },
    { email: config.adminEmail, password: config.adminPassword },
  );
  if (firstAdmin.created) await insertDefaultRules({ store, clock, ids });
  await catalog.refresh();

  const alerts = wireAlerts({
    ...base,
    store,
    catalog,
    onError,
    onRaised: (alert) => monitoring.countAlert(alert),
  });
  const report: SecurityReporter = (event) => monitoring.report(event);
  // First, since it may refuse the start: nothing is left running then.
  const auth = await wireAuth(base, store, catalog, sealer, report);
  const delivery = wireDelivery(base, store, catalog, sealer, {
    report,
    alert: (alert) => alerts.report(alert),
    share: () => monitoring.fleet.deliveringShare(),
  });
  const { dispatcher } = delivery;
  const replays = wireReplays({
    store,
    catalog,
    clock,
    ids,
    log: delivery.log,
    runs: config.roles.includes('delivery'),
    wake: (targetId) => dispatcher.wake(targetId),
  });
  const drain = createDrain();
  const rateSharing = await wireRateSharing(base);
  const monitoring = await wireMonitoring(base, {
    store,
    catalog,
    dispatcher,
    rateSharing,
    isStopping: () => drain.active,
  });
  const { fleet, cloudWatch } = monitoring;

  const services: Services = {
    ...base,
    ...auth,
    store,
    catalog,
    sealer,
    hub: createStreamHub({ store, clock, onError }),
    metrics: monitoring.metrics,
    health: monitoring.health,
    prometheus: monitoring.prometheus,
    drain,
    delivery: {
      ...delivery.service,
      breaker: (targetId) => fleet.lane(targetId).breaker,
      inFlight: (targetId) => fleet.lane(targetId).inFlight,
      block: (targetId) => laneBlockAt(fleet.lane(targetId), clock.now()),
    },
    jobs: { wake: () => replays.runner.wake(), preview: replays.preview },
    backtest: createBacktestDesk({
      store,
      clock,
      renderFormat,
      openTransformer: createTransformer,
    }),
    transformer: delivery.transformer,
    checkTransform: (transform) => checkTransform(transform, headerFault),
    acceptEvents: wireIngest(base, store, catalog, dispatcher),
    rateSharing,
    settings: httpSettings(base),
  };
  const server = createHttpServer(services);
  const upkeep = startUpkeep({
    store,
    clock,
    fleet,
    onError,
    onTakeOver: (count) => {
      logger.warn({ count }, 'deliveries taken over from a process that is gone');
      dispatcher.wake();
    },
  });
  const alertWatches = alerts.start(fleet);
  const retention = startRetention({ store, clock, onError, retentionDays: config.retentionDays });
  const orphanWatch = startOrphanWatch({ store, clock, onError });
  catalog.onChange(() => dispatcher.wake());
  // What it delivers is accepted by others. A process that also accepts hands off its own, and looks for the rest each second.
  const stopLooking = config.roles.includes('api')
    ? () => undefined
    : store.onChange(() => dispatcher.look());

  return {
    version: base.version,
    get url() {
      return config.publicUrl ?? urlOf(server.address(), config);
    },
    firstAdmin: firstAdmin.created ? firstAdmin : null,
    async listen() {
      dispatcher.start();
      cloudWatch.start();
      replays.runner.start();
      await new Promise<void>((done, fail) => {
        server.once('error', fail);
        server.listen(config.port, config.host, () => done());
      });
    },
    async close() {
      const graceMs = config.shutdownSeconds * 1000;
      const drainMs = config.drainSeconds * 1000;
      const endsAt = clock.now() + drainMs + graceMs;
      // What is cut is over for the store as if the process had been killed: nothing is lost.
      const endInTime = async (what: string, ending: Promise<unknown>): Promise<void> => {
        const hasEnded = await waitAtMost(clock, Math.max(LEAST_MS, endsAt - clock.now()), ending);
        if (!hasEnded) logger.warn({ what }, 'cut, since it took longer than a stop may');
      };
      await closeHttpServer(server, services, { drainMs, graceMs: graceMs * HTTP_SHARE });
      await rateSharing.stop();
      // They may be in the middle of something long, which deliveries in flight must not wait for.
      const background = [cloudWatch, ...alertWatches, orphanWatch, retention, replays.runner].map(
        (one) => one.stop(),
      );
      stopLooking();
      await dispatcher.stop({ deadlineMs: graceMs * (1 - HTTP_SHARE) });
      await endInTime('background work', Promise.all(background));
      await endInTime('connections to targets', delivery.sender.close());
      await endInTime('transforms', delivery.transformer.close());
      await endInTime('upkeep', upkeep.stop());
      catalog.stop();
      await endInTime('the store', store.close());
    },
  };
}

function urlOf(address: ReturnType<Server['address']>, config: Config): string {
  const port = typeof address === 'object' && address ? address.port : config.port;
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  return `http://${host}:${port}`;
}
