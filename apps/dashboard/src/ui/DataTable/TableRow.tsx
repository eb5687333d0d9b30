import { memo } from 'react';
import type { Column } from './column.ts';
import styles from './DataTable.module.css';

interface RowProps<Row> {
  row: Row;
  /** Its place among all rows. */
  index: number;
  rowPx: number;
  columns: readonly Column<Row>[];
  /** Widths of the columns as grid tracks; on narrow screens they stand as the style sheet says. */
  template: string | undefined;
  isNarrow: boolean;
  isActive: boolean;
}

/** Drawn again only when something of it changes, not with each row that comes into sight beside it. */
export const TableRow = memo(DrawnRow) as typeof DrawnRow;

function DrawnRow<Row>(props: RowProps<Row>) {
  const { row, index, rowPx, columns, template, isNarrow, isActive } = props;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={styles.row}
      data-active={isActive}
      style={{ gridTemplateColumns: template, height: rowPx, top: index * rowPx }}
    >
      {columns.map((column) => (
        <span key={column.key} role="cell" className={column.align && styles.end}>
          {(isNarrow ? (column.narrowCell ?? column.cell) : column.cell)(row)}
        </span>
      ))}
    </div>
  );
}
