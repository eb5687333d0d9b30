import { Counter, Gauge, type Registry } from 'prom-client';
import { ALERT_SEVERITIES } from '../domain/alert.ts';
import { createCachedReading } from '../domain/cached-reading.ts';
import type { Clock } from '../domain/clock.ts';
import { DELIVERY_STATES, OPEN_STATES } from '../domain/delivery-states.ts';
import { EVENT_STATUSES } from '../domain/event.ts';
import type { Metrics } from './metrics.ts';
import { within } from './within.ts';

// Counting all rows is dear; the law is checked so often at most.
const CONSERVATION_MAX_AGE_MS = 60_000;
/** A scrape usually waits 10 s. */
const LONGEST_MS = 5000;

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

/** Some series that come from one reading. */
interface Part {
  /** Reads and shows. */
  collect(): Promise<void>;
  /** Shows nothing: old figures would look like new ones. */
  forget(): void;
}

export type StoreMetrics = Pick<
  Metrics,
  'backlog' | 'conservation' | 'deadLetterCount' | 'totals' | 'openAlerts'
>;

/**
 * Adds the series of the whole gateway, which the store knows. Answers the function that reads them anew: it never rejects; what cannot be
 * read in time is left out, and `signalbox_store_readable` says so.
 */
export function createStoreSeries(
  registry: Registry,
  { metrics, clock }: { metrics: StoreMetrics; clock: Clock },
): () => Promise<void> {
  const gauge = (name: string, help: string, ...labelNames: string[]) =>
    new Gauge({ name: `signalbox_${name}`, help, labelNames, registers: [registry] });
  const readable = gauge(
    'store_readable',
    '1 when all figures of the store could be read; those that could not are left out',
  );
  const parts = [
    conservationPart(gauge, metrics, clock),
    backlogPart(gauge, metrics),
    deadLettersPart(gauge, metrics),
    alertsPart(gauge, metrics),
    totalsPart(registry, metrics),
  ];
  return async () => {
    const outcomes = await Promise.all(
      parts.map((part) =>
        within(clock, LONGEST_MS, 'The store', part.collect()).then(
          () => true,
          () => {
            part.forget();
            return false;
          },
        ),
      ),
    );
    readable.set(outcomes.every(Boolean) ? 1 : 0);
  };
}

type MakeGauge = (name: string, help: string, ...labelNames: string[]) => Gauge;

function conservationPart(gauge: MakeGauge, metrics: StoreMetrics, clock: Clock): Part {
  const check = createCachedReading(clock, () => metrics.conservation(), CONSERVATION_MAX_AGE_MS);
  const balanced = gauge(
    'conservation_balanced',
    '1 when what was accepted equals what became of it, counted apart',
  );
  const events = gauge(
    'conservation_events',
    'Events accepted and kept, and what the rows say became of them',
    'term',
  );
  const deliveries = gauge(
    'conservation_deliveries',
    'Deliveries made and kept, and what the rows say became of them',
    'term',
  );
  return {
    async collect() {
      const report = await check();
      balanced.set(report.events.balanced && report.deliveries.balanced ? 1 : 0);
      for (const term of ['accepted', ...EVENT_STATUSES] as const)
        events.set({ term }, report.events[term]);
      for (const term of ['made', ...DELIVERY_STATES] as const)
        deliveries.set({ term }, report.deliveries[term]);
    },
    forget() {
      balanced.remove();
      events.reset();
      deliveries.reset();
    },
  };
}

function backlogPart(gauge: MakeGauge, metrics: StoreMetrics): Part {
  const open = gauge('open_deliveries', 'Deliveries that still want work', 'target_id', 'state');
  const oldest = gauge(
    'oldest_open_delivery_timestamp_seconds',
    'When the oldest open delivery of a target was made',
    'target_id',
  );
  function forget(): void {
    open.reset();
    oldest.reset();
  }
  return {
    async collect() {
      const backlog = await metrics.backlog();
      forget();
      for (const { targetId, oldestCreatedAt, ...counts } of backlog) {
        for (const state of OPEN_STATES) open.set({ target_id: targetId, state }, counts[state]);
        if (oldestCreatedAt !== null) oldest.set({ target_id: targetId }, oldestCreatedAt / 1000);
      }
    },
    forget,
  };
}

function deadLettersPart(gauge: MakeGauge, metrics: StoreMetrics): Part {
  const dead = gauge('dead_letters', 'Deliveries that ended without success');
  return {
    async collect() {
      dead.set(await metrics.deadLetterCount());
    },
    forget: () => dead.remove(),
  };
}

function alertsPart(gauge: MakeGauge, metrics: StoreMetrics): Part {
  const alerts = gauge('alerts_open', 'Alerts whose condition has not ended', 'severity');
  return {
    async collect() {
      const open = await metrics.openAlerts();
      for (const severity of ALERT_SEVERITIES)
        alerts.set({ severity }, open.filter((alert) => alert.severity === severity).length);
    },
    forget: () => alerts.reset(),
  };
}

function totalsPart(registry: Registry, metrics: StoreMetrics): Part {
  const counters = Object.entries(COUNTERS).map(([name, { help, prefix, label }]) => ({
    prefix,
    label,
    counter: new Counter({ name, help, labelNames: [label], registers: [registry] }),
  }));
  function forget(): void {
    for (const { counter } of counters) counter.reset();
  }
  return {
    async collect() {
      const totals = await metrics.totals();
      forget();
      for (const { counter, prefix, label } of counters) {
        for (const [measure, count] of totals) {
          if (measure.startsWith(prefix))
            counter.inc({ [label]: measure.slice(prefix.length) }, count);
        }
      }
    },
    forget,
  };
}
