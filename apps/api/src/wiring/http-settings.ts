import type { Config } from '../config.ts';
import { findDashboard } from '../find-dashboard.ts';
import type { HttpSettings } from '../http/services.ts';

const MAX_BATCH_EVENTS = 1000;
const MAX_BODY_BYTES = 1024 * 1024;

/** The settings of the HTTP side, some of them set by nobody. */
export function httpSettings({
  config,
  version,
}: {
  config: Config;
  version: string;
}): HttpSettings {
  return {
    version,
    servesApi: config.roles.includes('api'),
    publicUrl: config.publicUrl ?? `http://${config.host}:${config.port}`,
    trustedHops: config.trustProxy,
    allowTargetCidrs: config.allowTargetCidrs,
    dashboardDir: findDashboard(),
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
