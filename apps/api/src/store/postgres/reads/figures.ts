import { BUCKET_COUNT } from '../../../domain/histogram.ts';
import { DELIVERY_STATES } from '../../../domain/delivery-states.ts';
import { EVENT_STATUSES } from '../../../domain/event.ts';
import { stateCode, statusCode } from '../../codes.ts';
import { HISTOGRAM_MEASURES, PLAIN_MEASURES, measuresStartingWith } from '../../measures.ts';
import type { Backlog, Conservation, RollupRequest, RollupRow, RollupStore } from '../../store.ts';
import { WAITS } from '../../turns.ts';
import type { Database, Query } from '../pool.ts';

const PENDING = stateCode('pending');
const DELIVERING = stateCode('delivering');
const RETRYING = stateCode('retrying');
const SUCCEEDED = stateCode('succeeded');
const ROUTED = statusCode('routed');

const DIMENSIONS = { sourceId: 'source_id', type: 'type', targetId: 'target_id' } as const;

// Due, waiting and leased deliveries stand in small indexes of their own, so finished ones are never looked at.
const BACKLOG = `
SELECT target_id AS "targetId", sum(pending) AS pending, sum(delivering) AS delivering, sum(retrying) AS retrying, min(oldest) AS "oldestCreatedAt"
FROM (
  SELECT target_id, count(*) FILTER (WHERE state = ${PENDING}) AS pending, 0 AS delivering, count(*) FILTER (WHERE state = ${RETRYING}) AS retrying, min(created_at) AS oldest
  FROM deliveries WHERE due_at IS NOT NULL GROUP BY target_id
  UNION ALL
  SELECT target_id, count(*) FILTER (WHERE state = ${PENDING}), 0, count(*) FILTER (WHERE state = ${RETRYING}), min(created_at)
  FROM deliveries WHERE turn = ${WAITS} AND state < ${SUCCEEDED} GROUP BY target_id
  UNION ALL
  SELECT target_id, 0, count(*), 0, min(created_at)
  FROM deliveries WHERE state = ${DELIVERING} AND state <> 3 GROUP BY target_id
) AS open GROUP BY target_id ORDER BY target_id`;

// The common state is what remains of all rows, so that only a small index and a count are read.
const COUNTS = `
SELECT 'event' AS kind, NULL AS code, count(*) AS count FROM events
UNION ALL SELECT 'event', status, count(*) FROM events WHERE status <> ${ROUTED} GROUP BY status
UNION ALL SELECT 'delivery', NULL, count(*) FROM deliveries
UNION ALL SELECT 'delivery', state, count(*) FROM deliveries WHERE state <> ${SUCCEEDED} GROUP BY state`;

const SNAPSHOT = 'ISOLATION LEVEL REPEATABLE READ READ ONLY';
/** Counting goes through every row that is kept, so it takes far longer than anything else may. */
const COUNT_LIMIT_MS = 120_000;

interface RolledRow extends Omit<RollupRow, 'histogram'> {
  histogram: string | null;
}

interface CountRow {
  kind: 'event' | 'delivery';
  code: number | null;
  count: number;
}

/** The reading of counters, of the backlog and of both sides of the law of conservation. */
export function createFigureReads(database: Database): RollupStore {
  let counting: Promise<Conservation> | null = null;
  return {
    async rollups(request) {
      const plain = measuresStartingWith(PLAIN_MEASURES, request.measures);
      const timed = measuresStartingWith(HISTOGRAM_MEASURES, request.measures);
      const [counters, cells] = await Promise.all([
        readCounters(database.query, request, plain),
        readCells(database.query, request, timed),
      ]);
      return [...counters, ...sumCells(cells)];
    },
    backlog: () => database.query<Backlog>(BACKLOG),
    conservation: () => {
      // Whoever asks while it is being counted gets that count: one connection at most is kept busy for so long.
      counting ??= database
        .transaction(readConservation, SNAPSHOT, COUNT_LIMIT_MS)
        .finally(() => (counting = null));
      return counting;
    },
  };
}

function whereOf(request: RollupRequest, measures: readonly string[]) {
  const parameters: unknown[] = [
    [...measures],
    request.from,
    request.to,
    Math.trunc(request.stepMs),
  ];
  let sql = 'measure = ANY ($1::text[]) AND at >= $2 AND at < $3 AND at > 0';
  for (const name of ['sourceId', 'targetId'] as const) {
    const wanted = request[name];
    if (wanted === undefined) continue;
    parameters.push(wanted);
    sql += ` AND ${DIMENSIONS[name]} = $${parameters.length}`;
  }
  return { sql, parameters };
}

/** Columns of a row, with the parameters of `whereOf`; a dimension that is summed over, or that a measure does not have, is null. */
function columnsOf(request: RollupRequest): string {
  const dimensions = Object.entries(DIMENSIONS).map(([name, column]) =>
    request.groupBy.some((kept) => kept === name)
      ? `nullif(${column}, '') AS "${name}"`
      : `NULL::text AS "${name}"`,
  );
  return `at - at % $4::bigint AS step, measure, ${dimensions.join(', ')}`;
}

async function readCounters(
  query: Query,
  request: RollupRequest,
  measures: readonly string[],
): Promise<RollupRow[]> {
  if (measures.length === 0) return [];
  const { sql, parameters } = whereOf(request, measures);
  const rows = await query<Omit<RollupRow, 'at'> & { step: number }>(
    `SELECT ${columnsOf(request)}, sum(count) AS count FROM rollups WHERE ${sql}
     GROUP BY 1, 2, 3, 4, 5 ORDER BY array_position($1::text[], measure), 1, 3, 4, 5`,
    parameters,
  );
  return rows.map(({ step, ...row }) => ({ ...row, at: step, histogram: null }));
}

async function readCells(
  query: Query,
  request: RollupRequest,
  measures: readonly string[],
): Promise<RolledRow[]> {
  if (measures.length === 0) return [];
  const { sql, parameters } = whereOf(request, measures);
  const rows = await query<Omit<RolledRow, 'at'> & { step: number }>(
    `SELECT ${columnsOf(request)}, count, histogram::text FROM rollups WHERE ${sql}
     ORDER BY array_position($1::text[], measure), at`,
    parameters,
  );
  return rows.map(({ step, ...row }) => ({ ...row, at: step }));
}

function sumCells(cells: readonly RolledRow[]): RollupRow[] {
  const rows = new Map<string, RollupRow & { histogram: number[] }>();
  for (const { histogram, ...cell } of cells) {
    const key = JSON.stringify([cell.at, cell.measure, cell.sourceId, cell.type, cell.targetId]);
    let row = rows.get(key);
    if (!row) {
      row = { ...cell, count: 0, histogram: new Array<number>(BUCKET_COUNT).fill(0) };
      rows.set(key, row);
    }
    row.count += cell.count;
    if (histogram === null) continue;
    for (const [bucket, count] of histogram.slice(1, -1).split(',').entries()) {
      if (count !== '0') row.histogram[bucket] = (row.histogram[bucket] ?? 0) + Number(count);
    }
  }
  return [...rows.values()];
}

async function readConservation(query: Query): Promise<Conservation> {
  const totals = await query<{ measure: string; count: number }>(
    'SELECT measure, sum(count) AS count FROM rollups WHERE at = 0 GROUP BY measure',
  );
  const total = new Map(totals.map(({ measure, count }) => [measure, count]));
  const sum = (...measures: string[]) =>
    measures.reduce((result, measure) => result + (total.get(measure) ?? 0), 0);
  const events = { routed: 0, unmatched: 0, quarantined: 0 };
  const deliveries = {
    pending: 0,
    delivering: 0,
    retrying: 0,
    succeeded: 0,
    dead: 0,
    cancelled: 0,
  };
  for (const { kind, code, count } of await query<CountRow>(COUNTS)) {
    if (kind === 'event') addTo(events, 'routed', EVENT_STATUSES[code ?? ROUTED], count);
    else addTo(deliveries, 'succeeded', DELIVERY_STATES[code ?? SUCCEEDED], count);
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

/** The count of all rows goes to the common word, and what is counted for another word comes out of it again. */
function addTo<Word extends string>(
  counts: Record<Word, number>,
  common: Word,
  word: Word | undefined,
  count: number,
): void {
  if (word === undefined) return;
  counts[word] += count;
  if (word !== common) counts[common] -= count;
}
