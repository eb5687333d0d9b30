import { MOVED_TABLE_NAMES, type MovedRow, type MovedTable } from './moved-tables.ts';
import { createRowDigest, type TableDigest } from './row-digest.ts';

/** Rows that are written together; how many depends on their size, so that memory stays bounded. */
export interface MovedPage {
  rows: readonly MovedRow[];
  /** Where the next page begins, opaque. */
  last: string;
}

/** The store that is left. Nobody can write to it while it is open here. */
export interface MoveSource {
  /** Differs as soon as anybody else has had the store open. */
  fingerprint: string;
  /** Days, counted from 1970, that events and deliveries lie in; in any order, some maybe twice. */
  days(): number[];
  count(table: MovedTable): number;
  /** @param after `last` of the page before; null: from the beginning */
  pages(table: MovedTable, after: string | null): Iterable<MovedPage>;
}

/** The store that is entered. No gateway starts on it before `finish`. */
export interface MoveTarget {
  /** How far the table has come, in this run or an interrupted one. */
  progress(table: MovedTable): { after: string | null; rows: number; isDone: boolean };
  /** Writes a page and how far the table has come with it, both or neither. */
  write(table: MovedTable, page: MovedPage): Promise<void>;
  endTable(table: MovedTable): Promise<void>;
  /** All rows of a table, read back. */
  rows(table: MovedTable): AsyncIterable<MovedRow>;
  /** The row as this engine can hold it. */
  holdable(row: MovedRow): MovedRow;
  /** Opens the store to gateways. */
  finish(): Promise<void>;
}

/** What became of one table. */
export interface MovedTableReport {
  table: MovedTable;
  /** Rows that were there already from an interrupted run. */
  resumed: number;
  source: TableDigest;
  target: TableDigest;
  isSame: boolean;
}

/** Called with the share of the work that is done, 0 to 1. */
export type MoveProgress = (
  step: 'copying' | 'comparing',
  table: MovedTable,
  share: number,
) => void;

/** Copies every table, going on where an interrupted run ended. */
export async function copyTables(
  source: MoveSource,
  target: MoveTarget,
  onProgress: MoveProgress,
): Promise<void> {
  for (const table of MOVED_TABLE_NAMES) {
    const { after, rows: resumed, isDone } = target.progress(table);
    if (isDone) continue;
    const total = Math.max(1, source.count(table));
    let rows = resumed;
    for (const page of source.pages(table, after)) {
      await target.write(table, page);
      rows += page.rows.length;
      onProgress('copying', table, Math.min(1, rows / total));
    }
    await target.endTable(table);
  }
}

/** Reads every table from both sides and compares; neither side sees what the other one read. */
export async function compareTables(
  source: MoveSource,
  target: MoveTarget,
  resumed: ReadonlyMap<MovedTable, number>,
  onProgress: MoveProgress,
): Promise<MovedTableReport[]> {
  const reports: MovedTableReport[] = [];
  for (const [index, table] of MOVED_TABLE_NAMES.entries()) {
    onProgress('comparing', table, index / MOVED_TABLE_NAMES.length);
    const ours = createRowDigest();
    for (const page of source.pages(table, null)) {
      for (const row of page.rows) ours.add(target.holdable(row));
    }
    const theirs = createRowDigest();
    for await (const row of target.rows(table)) theirs.add(row);
    const [left, right] = [ours.read(), theirs.read()];
    const isSame = left.rows === right.rows && left.sha256 === right.sha256;
    reports.push({ table, resumed: resumed.get(table) ?? 0, source: left, target: right, isSame });
  }
  return reports;
}
