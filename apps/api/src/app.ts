import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { dirname, resolve } from 'node:path';
import { createAccessTokens } from './auth/access-tokens.ts';
import { createAuthenticator } from './auth/authenticator.ts';
import { ensureFirstAdmin, type FirstAdmin } from './auth/first-admin.ts';
import { loadSealingKeys } from './auth/load-sealing-keys.ts';
import { createPasswordDesk } from './auth/password-desk.ts';
import { createSealer, type Sealer } from './auth/sealing.ts';
import type { SecurityEvent } from './auth/security-event.ts';
import { createSessions } from './auth/sessions.ts';
import { createSigningKeys } from './auth/signing-keys.ts';
import { createSourceTokens } from './auth/source-tokens.ts';
import { createCatalog, type Catalog } from './catalog/catalog.ts';
import { createDisableTarget } from './catalog/disable-target.ts';
import type { Config } from './config.ts';
import { createDeliver } from './delivery/deliver.ts';
import { createDispatcher } from './delivery/dispatcher.ts';
import { resolveBySystem } from './delivery/guarded-lookup.ts';
import type { Log } from './delivery/ports.ts';
import { createPrepareRequest } from './delivery/prepare-request.ts';
import { createSendTest } from './delivery/send-test.ts';
import { createSender } from './delivery/send.ts';
import { systemClock, type Clock } from './domain/clock.ts';
import { createIdFactory, type IdFactory } from './domain/ids.ts';
import { closeHttpServer } from './http/close-http-server.ts';
import { createDrain } from './http/create-drain.ts';
import { createHttpServer } from './http/server.ts';
import type { Services } from './http/services.ts';
import { createAcceptEvents } from './ingest/accept-events.ts';
import { createRouteEvent } from './ingest/route-event.ts';
import { createSchemaValidator } from './ingest/validate-schema.ts';
import type { Logger } from './log.ts';
import { createHealth } from './monitoring/health.ts';
import { createMetrics } from './monitoring/metrics.ts';
import { createPrometheus } from './monitoring/prometheus.ts';
import { startRetention } from './monitoring/start-retention.ts';
import { startUpkeep } from './monitoring/start-upkeep.ts';
import { openSqliteStore } from './store/sqlite/open.ts';
import type { Store } from './store/store.ts';
import { createStreamHub } from './stream/stream-hub.ts';
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

/** Where the built dashboard lies, seen from `src` and from `dist` alike. */
const DASHBOARD_DIR = resolve(import.meta.dirname, '../../dashboard/dist');
const MAX_BATCH_EVENTS = 1000;
const MAX_BODY_BYTES = 1024 * 1024;
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
  await mkdir(dirname(config.databaseFile), { recursive: true });
  const store = await openSqliteStore({
    file: config.databaseFile,
    clock,
    process: { id: ids('prc'), pid: process.pid, host: config.hostName },
  });
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
  await catalog.refresh();

  const delivery = wireDelivery(base, store, catalog, sealer);
  const { dispatcher } = delivery;
  const lanes = () => dispatcher.lanes();
  const drain = createDrain();
  const metrics = createMetrics({ store, clock, lanes, target: (id) => catalog.target(id) });
  const health = createHealth({
    store,
    clock,
    catalog,
    version: base.version,
    isStopping: () => drain.active,
  });
  const prometheus = createPrometheus({ metrics, lanes });
  const auth = await wireAuth(base, store, catalog, sealer);
  const hub = createStreamHub({ store, clock, onError });

  const services: Services = {
    ...base,
    ...auth,
    store,
    catalog,
    sealer,
    hub,
    metrics,
    health,
    prometheus,
    drain,
    delivery: delivery.service,
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
    createHitStore: null,
    settings: httpSettings(base),
  };
  const server = createHttpServer(services);
  const upkeep = startUpkeep({
    store,
    clock,
    onError,
    onTakeOver: (count) => {
      logger.warn({ count }, 'deliveries taken over from a process that is gone');
      dispatcher.wake();
    },
  });
  const retention = startRetention({ store, clock, onError, retentionDays: config.retentionDays });
  catalog.onChange(() => dispatcher.wake());

  return {
    version: base.version,
    get url() {
      return config.publicUrl ?? urlOf(server.address(), config);
    },
    firstAdmin: firstAdmin.created ? firstAdmin : null,
    async listen() {
      dispatcher.start();
      await new Promise<void>((done, fail) => {
        server.once('error', fail);
        server.listen(config.port, config.host, () => done());
      });
    },
    async close() {
      const graceMs = config.shutdownSeconds * 1000;
      await closeHttpServer(server, services, graceMs * HTTP_SHARE);
      await retention.stop();
      await dispatcher.stop({ deadlineMs: graceMs * (1 - HTTP_SHARE) });
      await delivery.sender.close();
      await delivery.transformer.close();
      await upkeep.stop();
      catalog.stop();
      await store.close();
    },
  };
}

function wireDelivery(base: Base, store: Store, catalog: Catalog, sealer: Sealer) {
  const { config, logger, clock, ids, version } = base;
  const log: Log = (level, message, fields) => logger[level](fields, message);
  const transformer = createTransformer();
  const sender = createSender({
    clock,
    resolve: resolveBySystem,
    allowCidrs: config.allowTargetCidrs,
  });
  const prepare = createPrepareRequest({
    renderFormat,
    transformer,
    openSecret: (sealed) => sealer.open(sealed),
    version,
  });
  const { send } = sender;
  const dispatcher = createDispatcher({
    store,
    catalog,
    deliver: createDeliver({ prepare, send, clock, ids, random: Math.random }),
    clock,
    log,
    alert: (alert) => logger.warn({ alert }, 'alert raised'),
    disableTarget: createDisableTarget({ store, catalog, clock, ids }),
  });
  const service: Services['delivery'] = {
    wake: () => dispatcher.wake(),
    breaker: (targetId) => dispatcher.lane(targetId)?.breaker ?? 'closed',
    inFlight: (targetId) => dispatcher.lane(targetId)?.inFlight ?? 0,
    test: createSendTest({ prepare, send, clock, ids }),
    renderFormat,
  };
  return { transformer, sender, dispatcher, service };
}

async function wireAuth(base: Base, store: Store, catalog: Catalog, sealer: Sealer) {
  const { config, logger, clock, ids } = base;
  const report = (event: SecurityEvent): void => logger.warn({ security: event }, event.code);
  const signingKeys = createSigningKeys({ store, catalog, sealer, clock, ids });
  await signingKeys.ensure();
  const issuer = config.publicUrl ?? 'signalbox';
  const accessTokens = createAccessTokens({ signingKeys, issuer, clock });
  const passwords = createPasswordDesk();
  return {
    signingKeys,
    authenticate: createAuthenticator({ accessTokens, signingKeys, catalog, clock, report }),
    sessions: createSessions({ store, catalog, accessTokens, passwords, clock, ids, report }),
    sourceTokens: createSourceTokens({ accessTokens, catalog, clock, report }),
    hashPassword: (password: string) => passwords.hash(password),
    reportSecurityEvent: report,
  };
}

function httpSettings({ config, version }: Base): Services['settings'] {
  return {
    version,
    publicUrl: config.publicUrl ?? `http://${config.host}:${config.port}`,
    trustedHops: config.trustProxy,
    allowTargetCidrs: config.allowTargetCidrs,
    dashboardDir: existsSync(resolve(DASHBOARD_DIR, 'index.html')) ? DASHBOARD_DIR : null,
    ingest: {
      maxEventBytes: config.maxEventBytes,
      maxBatchBytes: config.maxBatchBytes,
      maxBatchEvents: MAX_BATCH_EVENTS,
    },
    maxBodyBytes: MAX_BODY_BYTES,
    rates: {
      apiPerMinute: config.addressRatePerSecond * 60,
      loginPerMinute: 30,
      ingestPerMinute: config.addressRatePerSecond * 60,
      sourcePerSecond: config.sourceRatePerSecond,
    },
    timeouts: { headersMs: 10_000, requestMs: 30_000, keepAliveMs: 65_000 },
  };
}

async function readVersion(): Promise<string> {
  const text = await readFile(resolve(import.meta.dirname, '../package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

function urlOf(address: ReturnType<Server['address']>, config: Config): string {
  const port = typeof address === 'object' && address ? address.port : config.port;
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  return `http://${host}:${port}`;
}
