import { SECURITY_CODES, type SecurityReporter } from '../auth/security-event.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { LONGEST_SECURITY_WINDOW_MINUTES, type Alert } from '../domain/alert.ts';
import type { Services } from '../http/services.ts';
import { checkSharing } from '../limits/describe-sharing.ts';
import type { Sharing } from '../limits/sharing.ts';
import { createFleet, type Fleet } from '../monitoring/fleet.ts';
import { createHealth } from '../monitoring/health.ts';
import { createMetrics } from '../monitoring/metrics.ts';
import { createPrometheus } from '../monitoring/prometheus.ts';
import { createSecurityTally } from '../monitoring/security-tally.ts';
import type { Store } from '../store/store.ts';
import type { Base } from './base.ts';
import { wireCloudWatch, type CloudWatch } from './wire-cloudwatch.ts';
import type { wireDelivery } from './wire-delivery.ts';

/** What tells how the gateway is doing. */
export interface Monitoring extends Pick<Services, 'metrics' | 'health' | 'prometheus'> {
  fleet: Fleet;
  cloudWatch: Pick<CloudWatch, 'start' | 'stop'>;
  report: SecurityReporter;
  countAlert(alert: Alert): void;
}

/** Puts together the figures, the health and the tally of what security is warned of. */
export async function wireMonitoring(
  base: Base,
  deps: {
    store: Store;
    catalog: Catalog;
    dispatcher: ReturnType<typeof wireDelivery>['dispatcher'];
    rateSharing: Sharing;
    isStopping: () => boolean;
  },
): Promise<Monitoring> {
  const { config, logger, clock, version } = base;
  const { store, catalog, dispatcher, rateSharing, isStopping } = deps;
  const securityTally = createSecurityTally(clock, LONGEST_SECURITY_WINDOW_MINUTES);
  const lanes = () => dispatcher.lanes();
  const fleet = createFleet({
    pid: process.pid,
    host: config.hostName,
    roles: config.roles,
    lanes,
    lane: (targetId) => dispatcher.lane(targetId),
    securityEvents: () => securityTally.recent(),
  });
  const metrics = createMetrics({
    store,
    clock,
    lanes: () => fleet.lanes(),
    target: (id) => catalog.target(id),
  });
  const prometheus = createPrometheus({
    metrics,
    lanes,
    processName: `${config.hostName}/${config.instance}`,
    securityCodes: SECURITY_CODES,
    rateLimits: () => rateSharing.state(),
  });
  const cloudWatch = await wireCloudWatch({ ...base, store });
  return {
    fleet,
    metrics,
    health: createHealth({
      store,
      clock,
      catalog,
      fleet,
      dispatcher,
      rateLimits: () => checkSharing(rateSharing.state()),
      version,
      isStopping,
    }),
    prometheus: {
      text: () => prometheus.text(),
      observeRequest(request) {
        prometheus.observeRequest(request);
        cloudWatch.observe(request);
      },
    },
    cloudWatch,
    report(event) {
      logger.warn({ security: event }, event.code);
      prometheus.countSecurityEvent(event.code);
      securityTally.count();
    },
    countAlert: ({ code, severity }) => prometheus.countAlert(code, severity),
  };
}
