import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { DELIVERY_STATES } from '../domain/delivery-states.ts';
import { EVENT_STATUSES } from '../domain/event.ts';
import type { LaneView } from './lane-view.ts';
import type { Metrics } from './metrics.ts';

export interface Prometheus {
  /** The text format, version 0.0.4. */
  text(): Promise<string>;
  observeRequest(observation: {
    method: string;
    /** The path with its placeholders. */
    route: string;
    status: number;
    durationMs: number;
  }): void;
}

const HTTP_BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** A registry of its own; what the store knows is read when it is scraped. */
export function createPrometheus(deps: {
  metrics: Pick<Metrics, 'backlog' | 'conservation'>;
  lanes: () => readonly LaneView[];
}): Prometheus {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const requests = new Histogram({
    name: 'signalbox_http_request_duration_seconds',
    help: 'Time to answer a request',
    labelNames: ['method', 'route', 'status_class'],
    buckets: HTTP_BUCKETS_SECONDS,
    registers,
  });
  const events = new Gauge({
    name: 'signalbox_events',
    help: 'Events kept, by what routing decided',
    labelNames: ['status'],
    registers,
  });
  const deliveries = new Gauge({
    name: 'signalbox_deliveries',
    help: 'Deliveries kept, by state',
    labelNames: ['state'],
    registers,
  });
  const balanced = new Gauge({
    name: 'signalbox_conservation_balanced',
    help: '1 when what was accepted equals what became of it, counted apart',
    registers,
  });
  const oldest = new Gauge({
    name: 'signalbox_oldest_open_delivery_timestamp_seconds',
    help: 'When the oldest open delivery of a target was made',
    labelNames: ['target_id'],
    registers,
  });
  const inFlight = new Gauge({
    name: 'signalbox_deliveries_in_flight',
    help: 'Requests to a target that are under way in this process',
    labelNames: ['target_id'],
    registers,
  });
  const breakers = new Gauge({
    name: 'signalbox_breaker_open',
    help: '1 while the circuit breaker of a target lets nothing or only a probe through',
    labelNames: ['target_id'],
    registers,
  });

  async function collect(): Promise<void> {
    const [report, backlog] = await Promise.all([
      deps.metrics.conservation(),
      deps.metrics.backlog(),
    ]);
    for (const status of EVENT_STATUSES) events.set({ status }, report.events[status]);
    for (const state of DELIVERY_STATES) deliveries.set({ state }, report.deliveries[state]);
    balanced.set(report.events.balanced && report.deliveries.balanced ? 1 : 0);
    for (const gauge of [oldest, inFlight, breakers]) gauge.reset();
    for (const { targetId, oldestCreatedAt } of backlog) {
      if (oldestCreatedAt !== null) oldest.set({ target_id: targetId }, oldestCreatedAt / 1000);
    }
    for (const lane of deps.lanes()) {
      inFlight.set({ target_id: lane.targetId }, lane.inFlight);
      breakers.set({ target_id: lane.targetId }, lane.breaker === 'closed' ? 0 : 1);
    }
  }

  return {
    async text() {
      await collect();
      return registry.metrics();
    },
    observeRequest({ method, route, status, durationMs }) {
      const statusClass = `${Math.floor(status / 100)}xx`;
      requests.observe({ method, route, status_class: statusClass }, durationMs / 1000);
    },
  };
}
