import type { Server } from 'node:http';
import { createAccessTokens } from './auth/access-tokens.ts';
import { createAuthenticator } from './auth/authenticator.ts';
import { ensureFirstAdmin, type FirstAdmin } from './auth/first-admin.ts';
import { loadSealingKeys } from './auth/load-sealing-keys.ts';
import { createPasswordDesk } from './auth/password-desk.ts';
import { createSealer, type Sealer } from './auth/sealing.ts';
import {
  SECURITY_CODES,
  type SecurityEvent,
  type SecurityReporter,
} from './auth/security-event.ts';
import { createSessions } from './auth/sessions.ts';
import { createSigningKeys } from './auth/signing-keys.ts';
import { createSourceTokens } from './auth/source-tokens.ts';
import { createCatalog, type Catalog } from './catalog/catalog.ts';
import { createDisableTarget } from './catalog/disable-target.ts';
import type { Config } from './config.ts';
import { createBacktestDesk } from './delivery/backtest/backtest-desk.ts';
import { createDeliver } from './delivery/deliver.ts';
import { createDispatcher } from './delivery/dispatcher.ts';
import { createNoDelivery } from './delivery/no-delivery.ts';
import { resolveBySystem } from './delivery/guarded-lookup.ts';
import { watchAddresses } from './delivery/watch-addresses.ts';
import type { Log, RaiseAlert } from './delivery/ports.ts';
import { createPrepareRequest } from './delivery/prepare-request.ts';
import { createSendTest } from './delivery/send-test.ts';
import type { DeliveringShare } from './delivery/target-limits.ts';
import { createTargetSender } from './delivery/target-sender.ts';
import { LONGEST_SECURITY_WINDOW_MINUTES } from './domain/alert.ts';
import { systemClock, type Clock } from './domain/clock.ts';
import { createIdFactory, type IdFactory } from './domain/ids.ts';
import { closeHttpServer } from './http/close-http-server.ts';
import { createDrain } from './http/create-drain.ts';
import { createHttpServer } from './http/server.ts';
import type { Services } from './http/services.ts';
import { httpSettings } from './http-settings.ts';
import { createAcceptEvents } from './ingest/accept-events.ts';
import { createRouteEvent } from './ingest/route-event.ts';
import { createSchemaValidator } from './ingest/validate-schema.ts';
import { checkSharing } from './limits/describe-sharing.ts';
import { NOT_SHARING } from './limits/sharing.ts';
import { startRateSharing } from './limits/start-rate-sharing.ts';
import type { Logger } from './log.ts';
import { insertDefaultRules } from './monitoring/alerts/insert-default-rules.ts';
import { createFleet } from './monitoring/fleet.ts';
import { createHealth } from './monitoring/health.ts';
import { createMetrics } from './monitoring/metrics.ts';
import { createPrometheus } from './monitoring/prometheus.ts';
import { createSecurityTally } from './monitoring/security-tally.ts';
import { startRetention } from './monitoring/start-retention.ts';
import { startUpkeep } from './monitoring/start-upkeep.ts';
import { openStore } from './open-store.ts';
import { readVersion } from './read-version.ts';
import type { Store } from './store/store.ts';
import { createStreamHub } from './stream/stream-hub.ts';
import { wireAlerts } from './wire-alerts.ts';
import { wireCloudWatch } from './wire-cloudwatch.ts';
import { wireReplays } from './wire-replays.ts';
import { checkTransform } from './transform/check-transform.ts';
import { renderFormat } from './transform/render-format.ts';
import { createTransformer } from './transform/create-transformer.ts';

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
  const store = await openStore({ config, clock, ids });
  try {
    return await assemble(base, store, sealer);
  } catch (error) {
    await store.close();
    throw error;
  }
}

interface Base {
  config: Config;
  logger: Logger;
  clock: Clock;
  ids: IdFactory;
  version: string;
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

  const securityTally = createSecurityTally(clock, LONGEST_SECURITY_WINDOW_MINUTES);
  const report = (event: SecurityEvent): void => {
    logger.warn({ security: event }, event.code);
    prometheus.countSecurityEvent(event.code);
    securityTally.count();
  };
  const alerts = wireAlerts({
    ...base,
    store,
    catalog,
    onError,
    onRaised: ({ code, severity }) => prometheus.countAlert(code, severity),
  });
  const delivery = wireDelivery(base, store, catalog, sealer, {
    report,
    alert: (alert) => alerts.report(alert),
    share: () => fleet.deliveringShare(),
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
  const lanes = () => dispatcher.lanes();
  const fleet = createFleet({
    pid: process.pid,
    host: config.hostName,
    roles: config.roles,
    lanes,
    lane: (targetId) => dispatcher.lane(targetId),
    securityEvents: () => securityTally.recent(),
  });
  const drain = createDrain();
  const metrics = createMetrics({
    store,
    clock,
    lanes: () => fleet.lanes(),
    target: (id) => catalog.target(id),
  });
  const health = createHealth({
    store,
    clock,
    catalog,
    fleet,
    dispatcher,
    rateLimits: () => checkSharing(rateSharing.state()),
    version: base.version,
    isStopping: () => drain.active,
  });
  const prometheus = createPrometheus({
    metrics,
    lanes,
    processName: `${config.hostName}/${config.instance}`,
    securityCodes: SECURITY_CODES,
    rateLimits: () => rateSharing.state(),
  });
  const cloudWatch = await wireCloudWatch({ ...base, store });
  const auth = await wireAuth(base, store, catalog, sealer, report);
  const hub = createStreamHub({ store, clock, onError });
  // A process that takes no requests counts nothing, so it keeps away from those that share the limits.
  const rateSharing = config.roles.includes('api')
    ? await startRateSharing({
        redisUrl: config.redisUrl,
        place: config.databaseFile,
        processId: ids('prc'),
        clock,
        log: (level, message, fields) => logger[level](fields, message),
      })
    : NOT_SHARING;
  await rateSharing.ready;

  const services: Services = {
    ...base,
    ...auth,
    store,
    catalog,
    sealer,
    hub,
    metrics,
    health,
    prometheus: {
      text: () => prometheus.text(),
      observeRequest(request) {
        prometheus.observeRequest(request);
        cloudWatch.observe(request);
      },
    },
    drain,
    delivery: {
      ...delivery.service,
      breaker: (targetId) => fleet.lane(targetId).breaker,
      inFlight: (targetId) => fleet.lane(targetId).inFlight,
    },
    jobs: { wake: () => replays.runner.wake(), preview: replays.preview },
    backtest: createBacktestDesk({
      store,
      clock,
      renderFormat,
      openTransformer: createTransformer,
    }),
    transformer: delivery.transformer,
    checkTransform,
    acceptEvents: createAcceptEvents({
      store,
      clock,
      ids,
      route: createRouteEvent(catalog),
      schemas: catalog,
      validateSchema: createSchemaValidator(),
      handOff: dispatcher,
      log: (line) => logger.info(line, 'events accepted'),
    }),
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
  const alertWatch = alerts.start(fleet);
  const retention = startRetention({ store, clock, onError, retentionDays: config.retentionDays });
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
      await closeHttpServer(server, services, {
        drainMs: config.drainSeconds * 1000,
        graceMs: graceMs * HTTP_SHARE,
      });
      await rateSharing.stop();
      await cloudWatch.stop();
      await alertWatch.stop();
      await retention.stop();
      await replays.runner.stop();
      stopLooking();
      await dispatcher.stop({ deadlineMs: graceMs * (1 - HTTP_SHARE) });
      await delivery.sender.close();
      await delivery.transformer.close();
      await upkeep.stop();
      catalog.stop();
      await store.close();
    },
  };
}

function wireDelivery(
  base: Base,
  store: Store,
  catalog: Catalog,
  sealer: Sealer,
  {
    report,
    alert,
    share,
  }: {
    report: SecurityReporter;
    alert: RaiseAlert;
    share: () => DeliveringShare;
  },
) {
  const { config, logger, clock, ids, version } = base;
  const log: Log = (level, message, fields) => logger[level](fields, message);
  const transformer = createTransformer();
  const sender = createTargetSender({
    clock,
    resolve: resolveBySystem,
    allowCidrs: config.allowTargetCidrs,
    version,
  });
  const prepare = createPrepareRequest({
    renderFormat,
    transformer,
    openSecret: (sealed) => sealer.open(sealed),
    version,
  });
  const send = watchAddresses(sender.send, (targetId) => {
    report({ code: 'forbidden_address', subjectId: targetId, address: null });
  });
  const dispatcher = config.roles.includes('delivery')
    ? createDispatcher({
        store,
        catalog,
        deliver: createDeliver({ prepare, send, clock, ids, random: Math.random }),
        clock,
        log,
        alert,
        disableTarget: createDisableTarget({ store, catalog, clock, ids }),
        share,
      })
    : createNoDelivery();
  const service: Omit<Services['delivery'], 'breaker' | 'inFlight'> = {
    wake: () => dispatcher.wake(),
    test: createSendTest({ prepare, send, clock, ids }),
    renderFormat,
  };
  return { transformer, sender, dispatcher, service, log };
}

async function wireAuth(
  base: Base,
  store: Store,
  catalog: Catalog,
  sealer: Sealer,
  report: SecurityReporter,
) {
  const { config, clock, ids } = base;
  const signingKeys = createSigningKeys({ store, catalog, sealer, clock, ids });
  await signingKeys.ensure();
  const issuer = config.publicUrl ?? 'signalbox';
  const accessTokens = createAccessTokens({ signingKeys, issuer, clock });
  const passwords = createPasswordDesk();
  return {
    signingKeys,
    authenticate: createAuthenticator({ accessTokens, signingKeys, catalog, clock, report }),
    sessions: createSessions({
      store,
      catalog,
      accessTokens,
      passwords,
      sealer,
      clock,
      ids,
      report,
    }),
    sourceTokens: createSourceTokens({ accessTokens, catalog, clock, report }),
    hashPassword: (password: string) => passwords.hash(password),
    reportSecurityEvent: report,
  };
}

function urlOf(address: ReturnType<Server['address']>, config: Config): string {
  const port = typeof address === 'object' && address ? address.port : config.port;
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  return `http://${host}:${port}`;
}
