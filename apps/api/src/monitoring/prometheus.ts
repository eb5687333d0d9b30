import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { AlertCode, AlertSeverity } from '../domain/alert.ts';
import { systemClock, type Clock } from '../domain/clock.ts';
import type { LaneView } from './lane-view.ts';
import { createStoreSeries, type StoreMetrics } from './store-series.ts';

export interface Prometheus {
  /** The text format, version 0.0.4. Never rejects: what the store does not tell is left out. */
  text(): Promise<string>;
  observeRequest(observation: {
    method: string;
    /** The path with its placeholders. */
    route: string;
    status: number;
    durationMs: number;
  }): void;
  countSecurityEvent(code: string): void;
  /** An alert that is new. */
  countAlert(code: AlertCode, severity: AlertSeverity): void;
}

const HTTP_BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** A registry of its own; what the store knows is read when it is scraped. */
export function createPrometheus(deps: {
  metrics: StoreMetrics;
  /** The lanes of this process. */
  lanes: () => readonly LaneView[];
  /** Tells the processes of one gateway apart: the label of every series that is this process' own. */
  processName: string;
  /** All codes of security events, so that each is there before it happens. */
  securityCodes: readonly string[];
  rateLimits: () => { mode: 'alone' | 'together' | 'apart'; processes: number };
  clock?: Clock;
}): Prometheus {
  const registry = new Registry();
  const ofProcess = new Registry();
  ofProcess.setDefaultLabels({ process: deps.processName });
  collectDefaultMetrics({ register: ofProcess });
  const registers = [ofProcess];
  const collectFromStore = createStoreSeries(registry, {
    metrics: deps.metrics,
    clock: deps.clock ?? systemClock,
  });
  const requests = new Histogram({
    name: 'signalbox_http_request_duration_seconds',
    help: 'Time to answer a request',
    labelNames: ['method', 'route', 'status_class'],
    buckets: HTTP_BUCKETS_SECONDS,
    registers,
  });
  const gauge = (name: string, help: string, ...labelNames: string[]) =>
    new Gauge({ name: `signalbox_${name}`, help, labelNames, registers });
  const inFlight = gauge(
    'deliveries_in_flight',
    'Requests to a target that are under way in this process',
    'target_id',
  );
  const breakers = gauge(
    'breaker_open',
    '1 while the circuit breaker of a target in this process lets nothing or only a probe through',
    'target_id',
  );
  const security = new Counter({
    name: 'signalbox_security_events_total',
    help: 'Failed sign-ins, refused credentials, signatures and addresses, by their stable code',
    labelNames: ['code'],
    registers,
  });
  for (const code of deps.securityCodes) security.inc({ code }, 0);
  const alerts = new Counter({
    name: 'signalbox_alerts_raised_total',
    help: 'Alerts that this process has opened, by their stable code',
    labelNames: ['code', 'severity'],
    registers,
  });
  const limitsShared = gauge(
    'rate_limits_shared',
    '0 while this process cannot count rate limits together with the others and counts its share',
  );
  const limitProcesses = gauge(
    'rate_limit_processes',
    'Processes that count rate limits together, as this one last heard',
  );

  function collectLanes(): void {
    inFlight.reset();
    breakers.reset();
    for (const lane of deps.lanes()) {
      inFlight.set({ target_id: lane.targetId }, lane.inFlight);
      breakers.set({ target_id: lane.targetId }, lane.breaker === 'closed' ? 0 : 1);
    }
  }

  function collectRateLimits(): void {
    const { mode, processes } = deps.rateLimits();
    limitsShared.set(mode === 'apart' ? 0 : 1);
    limitProcesses.set(processes);
  }

  return {
    async text() {
      await collectFromStore();
      collectLanes();
      collectRateLimits();
      return `${await registry.metrics()}\n${await ofProcess.metrics()}`;
    },
    observeRequest({ method, route, status, durationMs }) {
      const statusClass = `${Math.floor(status / 100)}xx`;
      requests.observe({ method, route, status_class: statusClass }, durationMs / 1000);
    },
    countSecurityEvent: (code) => security.inc({ code }),
    countAlert: (code, severity) => alerts.inc({ code, severity }),
  };
}
