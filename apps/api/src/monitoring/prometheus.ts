import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { createCachedReading } from '../domain/cached-reading.ts';
import { systemClock, type Clock } from '../domain/clock.ts';
import { DELIVERY_STATES, OPEN_STATES } from '../domain/delivery-states.ts';
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

// Counting all rows is dear; the law is checked so often at most.
const CONSERVATION_MAX_AGE_MS = 60_000;

const COUNTERS = {
  signalbox_events_total: {
    help: 'Events taken in, by what became of them; of the whole gateway, since this process first read them',
    prefix: 'event.',
    label: 'status',
  },
  signalbox_deliveries_total: {
    help: 'Deliveries made and ended; of the whole gateway, since this process first read them',
    prefix: 'delivery.',
    label: 'outcome',
  },
  signalbox_attempts_total: {
    help: 'Requests to targets by answer; of the whole gateway, since this process first read them',
    prefix: 'attempt.',
    label: 'outcome',
  },
} as const;

/** A registry of its own; what the store knows is read when it is scraped. */
export function createPrometheus(deps: {
  metrics: Pick<Metrics, 'backlog' | 'conservation' | 'deadLetterCount' | 'totals'>;
  lanes: () => readonly LaneView[];
  clock?: Clock;
}): Prometheus {
  const { metrics } = deps;
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const checkConservation = createCachedReading(
    deps.clock ?? systemClock,
    () => metrics.conservation(),
    CONSERVATION_MAX_AGE_MS,
  );
  const requests = new Histogram({
    name: 'signalbox_http_request_duration_seconds',
    help: 'Time to answer a request',
    labelNames: ['method', 'route', 'status_class'],
    buckets: HTTP_BUCKETS_SECONDS,
    registers,
  });
  const counters = Object.entries(COUNTERS).map(([name, { help, prefix, label }]) => ({
    prefix,
    label,
    counter: new Counter({ name, help, labelNames: [label], registers }),
  }));
  const gauge = (name: string, help: string, ...labelNames: string[]) =>
    new Gauge({ name: `signalbox_${name}`, help, labelNames, registers });
  const open = gauge('open_deliveries', 'Deliveries that still want work', 'target_id', 'state');
  const dead = gauge('dead_letters', 'Deliveries that ended without success');
  const balanced = gauge(
    'conservation_balanced',
    '1 when what was accepted equals what became of it, counted apart',
  );
  const lawOfEvents = gauge(
    'conservation_events',
    'Events accepted and kept, and what the rows say became of them',
    'term',
  );
  const lawOfDeliveries = gauge(
    'conservation_deliveries',
    'Deliveries made and kept, and what the rows say became of them',
    'term',
  );
  const oldest = gauge(
    'oldest_open_delivery_timestamp_seconds',
    'When the oldest open delivery of a target was made',
    'target_id',
  );
  const inFlight = gauge(
    'deliveries_in_flight',
    'Requests to a target that are under way in this process',
    'target_id',
  );
  const breakers = gauge(
    'breaker_open',
    '1 while the circuit breaker of a target lets nothing or only a probe through',
    'target_id',
  );

  async function collectFromStore(): Promise<void> {
    const [report, backlog, deadLetters, totals] = await Promise.all([
      checkConservation(),
      metrics.backlog(),
      metrics.deadLetterCount(),
      metrics.totals(),
    ]);
    balanced.set(report.events.balanced && report.deliveries.balanced ? 1 : 0);
    for (const term of ['accepted', ...EVENT_STATUSES] as const) {
      lawOfEvents.set({ term }, report.events[term]);
    }
    for (const term of ['made', ...DELIVERY_STATES] as const) {
      lawOfDeliveries.set({ term }, report.deliveries[term]);
    }
    dead.set(deadLetters);
    for (const { counter, prefix, label } of counters) {
      counter.reset();
      for (const [measure, count] of totals) {
        if (measure.startsWith(prefix))
          counter.inc({ [label]: measure.slice(prefix.length) }, count);
      }
    }
    open.reset();
    oldest.reset();
    for (const { targetId, oldestCreatedAt, ...counts } of backlog) {
      for (const state of OPEN_STATES) open.set({ target_id: targetId, state }, counts[state]);
      if (oldestCreatedAt !== null) oldest.set({ target_id: targetId }, oldestCreatedAt / 1000);
    }
  }

  function collectLanes(): void {
    inFlight.reset();
    breakers.reset();
    for (const lane of deps.lanes()) {
      inFlight.set({ target_id: lane.targetId }, lane.inFlight);
      breakers.set({ target_id: lane.targetId }, lane.breaker === 'closed' ? 0 : 1);
    }
  }

  return {
    async text() {
      await collectFromStore();
      collectLanes();
      return registry.metrics();
    },
    observeRequest({ method, route, status, durationMs }) {
      const statusClass = `${Math.floor(status / 100)}xx`;
      requests.observe({ method, route, status_class: statusClass }, durationMs / 1000);
    },
  };
}
