import type { Database } from 'better-sqlite3';

import { bucketOf } from '../../../domain/histogram.ts';
import { MINUTE_MS, type Measure } from '../../measures.ts';
import { readHistogram, writeHistogram } from '../histogram-blob.ts';
import type { Count } from '../transaction.ts';

type Place = Pick<Count, 'measure' | 'sourceId' | 'type' | 'targetId'>;

interface Cell extends Place {
  at: number;
  count: number;
  histogram: Map<number, number> | null;
}

/** Cells kept in memory before all are forgotten and read again where needed. */
const KEPT_CELLS = 4000;

/**
 * Prepares the writing of counters. Every process owns its rows, so the values it holds in memory are
 * the values on disk and are written whole. Each plain counter is also kept as a total over all time (`at` 0, no dimensions), which
 * the law of conservation reads.
 */
export function createRollupWrites(database: Database, writer: number) {
  const find = database.prepare<
    [string, number, string, string, string],
    { count: number; histogram: Buffer | null }
  >(
    `SELECT count, histogram FROM rollups WHERE measure = ? AND at = ? AND source_id = ? AND type = ? AND target_id = ? AND writer = ${writer}`,
  );
  const replace = database.prepare(
    `INSERT INTO rollups (measure, at, source_id, type, target_id, writer, count, histogram) VALUES (?,?,?,?,?,${writer},?,?)
     ON CONFLICT DO UPDATE SET count = excluded.count, histogram = excluded.histogram`,
  );
  const cells = new Map<string, Cell>();
  const totals = new Map<Measure, Cell>();
  /** The cell that each measure was counted in last: mostly the next one's, too, and no key is made to find it. */
  const latest = new Map<Measure, Cell>();

  function read({ measure, sourceId, type, targetId }: Place, at: number): Cell {
    const row = find.get(measure, at, sourceId, type, targetId);
    return {
      measure,
      at,
      sourceId,
      type,
      targetId,
      count: row?.count ?? 0,
      histogram: row?.histogram ? readHistogram(row.histogram) : null,
    };
  }

  function cellOf(place: Place, at: number): Cell {
    const { measure, sourceId, type, targetId } = place;
    const last = latest.get(measure);
    if (
      last?.at === at &&
      last.targetId === targetId &&
      last.sourceId === sourceId &&
      last.type === type
    ) {
      return last;
    }
    const key = `${measure}\n${at}\n${sourceId}\n${type}\n${targetId}`;
    const cell = cells.get(key) ?? read(place, at);
    cells.set(key, cell);
    latest.set(measure, cell);
    return cell;
  }

  function totalOf(measure: Measure): Cell {
    const total = totals.get(measure) ?? read({ measure, sourceId: '', type: '', targetId: '' }, 0);
    totals.set(measure, total);
    return total;
  }

  function add(count: Count, touched: Set<Cell>): void {
    const minute = count.at - (count.at % MINUTE_MS);
    const cell = minute > 0 ? cellOf(count, minute) : totalOf(count.measure);
    cell.count += count.by;
    touched.add(cell);
    if (count.durationMs >= 0) {
      cell.histogram ??= new Map();
      const bucket = bucketOf(count.durationMs);
      cell.histogram.set(bucket, (cell.histogram.get(bucket) ?? 0) + count.by);
    } else if (minute > 0) {
      const total = totalOf(count.measure);
      total.count += count.by;
      touched.add(total);
    }
  }

  function forget(): void {
    cells.clear();
    totals.clear();
    latest.clear();
  }

  return {
    /** Writes what a transaction counted, as its last step. */
    flush(counts: readonly Count[]): void {
      if (counts.length === 0) return;
      if (cells.size > KEPT_CELLS) forget();
      const touched = new Set<Cell>();
      for (const count of counts) add(count, touched);
      for (const cell of touched) {
        const histogram = cell.histogram && writeHistogram(cell.histogram);
        replace.run(
          cell.measure,
          cell.at,
          cell.sourceId,
          cell.type,
          cell.targetId,
          cell.count,
          histogram,
        );
      }
    },
    /** To be called when a transaction did not commit: what is in memory may not be on disk. */
    forget,
  };
}
