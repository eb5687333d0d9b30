import type { EventRecord } from '../../../domain/event.ts';
import { dataKindOf } from '../../codes.ts';
import {
  MOVED_TABLES,
  type Cell,
  type MovedRow,
  type MovedTable,
} from '../../move/moved-tables.ts';
import { eventKey } from '../event-key.ts';
import { eventWords, type IndexedEvent } from '../event-words.ts';
import { plainText } from '../json-rows.ts';

/** Rows as `insertSql` takes them: one list for each column, and the words of each event. */
export function toLists(table: MovedTable, rows: readonly MovedRow[]): Cell[][] {
  const lists = MOVED_TABLES[table].map((_, index) =>
    rows.map((row) => toParameter(row[index] ?? null)),
  );
  if (table === 'events') lists.push(rows.map((row) => plainText(eventWords(toIndexed(row)))));
  return lists as Cell[][];
}

function toParameter(cell: Cell): unknown {
  return Array.isArray(cell) ? `{${cell.join()}}` : plainText(cell);
}

const COLUMN = Object.fromEntries(
  MOVED_TABLES.events.map((column, index) => [column, index]),
) as Record<(typeof MOVED_TABLES.events)[number], number>;

/** The keys of events as `INSERT_EVENT_KEYS` takes them. */
export function toKeyLists(rows: readonly MovedRow[]): Cell[][] {
  const listOf = (column: keyof typeof COLUMN) => rows.map((row) => row[COLUMN[column]] ?? null);
  const keys = rows.map((row) =>
    eventKey(String(row[COLUMN['source']]), String(row[COLUMN['event_id']])),
  );
  return [keys, listOf('day'), listOf('seq')];
}

/** What the full-text index needs of an event. */
function toIndexed(row: MovedRow): IndexedEvent {
  return {
    id: String(row[COLUMN['id']]),
    eventId: String(row[COLUMN['event_id']]),
    subject: row[COLUMN['subject']] as string | null,
    data: row[COLUMN['data']] as Uint8Array | null,
    dataKind: dataKindOf(Number(row[COLUMN['data_kind']])),
    receivedAt: Number(row[COLUMN['received_at']]),
  } satisfies Pick<EventRecord, keyof IndexedEvent>;
}
