import type { MovedTableReport } from '../../store/move/move-store.ts';
import { renderTable } from '../render-table.ts';

/** Both sides of every table, for a person to compare. */
export function renderMove(reports: readonly MovedTableReport[]): string {
  const rows = reports.map(({ table, source, target, isSame }) => [
    table,
    String(source.rows),
    String(target.rows),
    source.sha256.slice(0, 16),
    target.sha256.slice(0, 16),
    isSame ? 'same' : 'DIFFERENT',
  ]);
  const head = ['table', 'rows here', 'rows there', 'hash here', 'hash there', ''];
  return renderTable(head, rows, '');
}
