import type { Database } from 'better-sqlite3';

import { BUCKET_COUNT } from '../../../domain/histogram.ts';
import { DELIVERY_STATES } from '../../../domain/delivery-states.ts';
import { EVENT_STATUSES } from '../../../domain/event.ts';
import { stateCode } from '../../codes.ts';
import { HISTOGRAM_MEASURES, PLAIN_MEASURES, measuresStartingWith } from '../../measures.ts';
import type { Backlog, Conservation, RollupRequest, RollupRow } from '../../store.ts';
import { readHistogram } from '../histogram-blob.ts';
import { WAITS } from '../../turns.ts';

interface CellRow {
  at: number;
  measure: string;
  sourceId: string | null;
  type: string | null;
  targetId: string | null;
  count: number;
}

const DIMENSIONS = { sourceId: 'source_id', type: 'type', targetId: 'target_id' } as const;
const PENDING = stateCode('pending');
const DELIVERING = stateCode('delivering');
const RETRYING = stateCode('retrying');
const SUCCEEDED = stateCode('succeeded');

/** Prepares the reading of counters, of the backlog and of both sides of the law of conservation. */
export function createFigureReads(database: Database) {
  // Due, waiting and leased deliveries stand in two small indexes, so finished ones are never looked at.
  const backlog = database.prepare<[], Backlog>(
    `SELECT target_id AS targetId, sum(pending) AS pending, sum(delivering) AS delivering, sum(retrying) AS retrying, min(oldest) AS oldestCreatedAt
     FROM (
       SELECT target_id, sum(state = ${PENDING}) AS pending, 0 AS delivering, sum(state = ${RETRYING}) AS retrying, min(created_at) AS oldest
       FROM deliveries WHERE due_at IS NOT NULL GROUP BY target_id
       UNION ALL
       SELECT target_id, sum(state = ${PENDING}), 0, sum(state = ${RETRYING}), min(created_at)
       FROM deliveries WHERE turn = ${WAITS} AND state < ${SUCCEEDED} GROUP BY target_id
       UNION ALL
       SELECT target_id, 0, count(*), 0, min(created_at)
       FROM deliveries WHERE state = ${DELIVERING} AND state <> 3 GROUP BY target_id
     ) GROUP BY target_id ORDER BY target_id`,
  );
  const total = database
    .prepare<[string], number>('SELECT total(count) FROM rollups WHERE measure = ? AND at = 0')
    .pluck();
  // The common state has no index of its own: it is what remains of all rows, which the smallest index counts.
  const allEvents = database.prepare<[], number>('SELECT count(*) FROM events').pluck();
  const eventsByStatus = database.prepare<[], { code: number; count: number }>(
    'SELECT status AS code, count(*) AS count FROM events WHERE status <> 0 GROUP BY status',
  );
  const allDeliveries = database.prepare<[], number>('SELECT count(*) FROM deliveries').pluck();
  const deliveriesByState = database.prepare<[], { code: number; count: number }>(
    'SELECT state AS code, count(*) AS count FROM deliveries WHERE state <> 3 GROUP BY state',
  );

  function where(request: RollupRequest): { sql: string; parameters: (string | number)[] } {
    const parameters: (string | number)[] = [request.from, request.to];
    let sql = 'measure = ? AND at >= ? AND at < ? AND at > 0';
    if (request.sourceId !== undefined) {
      sql += ' AND source_id = ?';
      parameters.push(request.sourceId);
    }
    if (request.targetId !== undefined) {
      sql += ' AND target_id = ?';
      parameters.push(request.targetId);
    }
    return { sql, parameters };
  }

  /** Columns of a row; a dimension that is summed over, or that a measure does not have, is null. */
  function columns(request: RollupRequest): string {
    const dimensions = Object.entries(DIMENSIONS).map(([name, column]) =>
      request.groupBy.some((kept) => kept === name)
        ? `nullif(${column}, '') AS ${name}`
        : `NULL AS ${name}`,
    );
    return `at - at % ${Math.trunc(request.stepMs)} AS step, measure, ${dimensions.join(', ')}`;
  }

  function plainRows(request: RollupRequest, measure: string): RollupRow[] {
    const { sql, parameters } = where(request);
    return database
      .prepare<unknown[], CellRow & { step: number }>(
        `SELECT ${columns(request)}, sum(count) AS count FROM rollups WHERE ${sql} GROUP BY 1, 3, 4, 5 ORDER BY 1`,
      )
      .all(measure, ...parameters)
      .map(({ step, ...row }) => ({ ...row, at: step, histogram: null }));
  }

  function histogramRows(request: RollupRequest, measure: string): RollupRow[] {
    const { sql, parameters } = where(request);
    const cells = database
      .prepare<unknown[], CellRow & { step: number; histogram: Buffer | null }>(
        `SELECT ${columns(request)}, count, histogram FROM rollups WHERE ${sql} ORDER BY step`,
      )
      .iterate(measure, ...parameters);
    const rows = new Map<string, RollupRow & { histogram: number[] }>();
    for (const { step, sourceId, type, targetId, count, histogram } of cells) {
      const key = JSON.stringify([step, sourceId, type, targetId]);
      let row = rows.get(key);
      if (!row) {
        const empty = new Array<number>(BUCKET_COUNT).fill(0);
        row = { at: step, measure, sourceId, type, targetId, count: 0, histogram: empty };
        rows.set(key, row);
      }
      row.count += count;
      if (!histogram) continue;
      for (const [bucket, share] of readHistogram(histogram)) {
        row.histogram[bucket] = (row.histogram[bucket] ?? 0) + share;
      }
    }
    return [...rows.values()];
  }

  function conservation(): Conservation {
    const sum = (...measures: string[]) =>
      measures.reduce((result, measure) => result + (total.get(measure) ?? 0), 0);
    const events = { routed: allEvents.get() ?? 0, unmatched: 0, quarantined: 0 };
    for (const { code, count } of eventsByStatus.all()) {
      const status = EVENT_STATUSES[code];
      if (!status) continue;
      events[status] = count;
      events.routed -= count;
    }
    const deliveries = {
      pending: 0,
      delivering: 0,
      retrying: 0,
      succeeded: allDeliveries.get() ?? 0,
      dead: 0,
      cancelled: 0,
    };
    for (const { code, count } of deliveriesByState.all()) {
      const state = DELIVERY_STATES[code];
      if (!state) continue;
      deliveries[state] = count;
      deliveries.succeeded -= count;
    }
    return {
      counted: {
        accepted: sum('event.routed', 'event.unmatched', 'event.quarantined') - sum('event.pruned'),
        made: sum('delivery.made') - sum('delivery.pruned'),
      },
      events,
      deliveries,
    };
  }

  return {
    rollups: (request: RollupRequest): RollupRow[] => [
      ...measuresStartingWith(PLAIN_MEASURES, request.measures).flatMap((measure) =>
        plainRows(request, measure),
      ),
      ...measuresStartingWith(HISTOGRAM_MEASURES, request.measures).flatMap((measure) =>
        histogramRows(request, measure),
      ),
    ],
    backlog: (): Backlog[] => backlog.all(),
    conservation: (): Conservation => database.transaction(conservation)(),
  };
}
