import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import type { Rows } from '../../lib/rows.ts';
import { useHotkeys } from '../../lib/use-hotkeys.ts';
import { useMedia } from '../../lib/use-media.ts';
import { IconArrowUp } from '../icons.ts';
import { Skeleton } from '../Skeleton/Skeleton.tsx';
import { formatCount } from '../../lib/text.ts';
import type { Column } from './column.ts';
import styles from './DataTable.module.css';
import { TableRow } from './TableRow.tsx';
import { useDrawnRows } from './use-drawn-rows.ts';
import { useHeld } from './use-held.ts';

export interface DataTableProps<Row> {
  label: string;
  rows: Rows<Row>;
  rowKey: (row: Row) => string;
  /** Where Enter and a click lead; the first cell of `columns` holds the link. */
  rowLink: (row: Row) => string;
  columns: readonly Column<Row>[];
  isLoading: boolean;
  empty: ReactNode;
  /** Called near the end of the rows, when there is more. */
  onMore?: (() => void) | undefined;
  /** New rows wait behind a button while the viewer is not at the top. */
  isLive?: boolean;
  /** Told the key of a row at or shortly above the first in sight while new rows wait, and null when they do no more. */
  onHold?: ((key: string | null) => void) | undefined;
}

const ROW_PX = 38;
const HEAD_PX = 34;
const NARROW_ROW_PX = 58;
const NARROW = '(max-width: 720px)';
const MIDDLING = '(max-width: 1400px)';
const NEAR_END_ROWS = 20;
/** Told of a place that is held only every so many rows. */
const HELD_STEP_ROWS = 40;

/** A list of any length in one scrolling box, of which only what is visible is drawn. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const {
    label,
    rows,
    rowKey,
    rowLink,
    columns,
    isLoading,
    empty,
    onMore,
    onHold,
    isLive = false,
  } = props;
  const [box, setBox] = useState<HTMLDivElement | null>(null);
  const navigate = useNavigate();
  const isNarrow = useMedia(NARROW);
  const isMiddling = useMedia(MIDDLING);
  const { newer, isHeld, holdAt, letGo } = useHeld(rows, rowKey);
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const count = rows.length - newer;
  const rowPx = isNarrow ? NARROW_ROW_PX : ROW_PX;
  const { from, to, firstInSight, scrollTo } = useDrawnRows(
    box,
    count,
    rowPx,
    isNarrow ? 0 : HEAD_PX,
  );
  useEffect(() => {
    if (count > 0 && to > count - NEAR_END_ROWS) onMore?.();
  }, [to, count, onMore]);

  const place = isHeld ? rows.at(newer + from - (from % HELD_STEP_ROWS)) : undefined;
  const placeKey = place === undefined ? null : rowKey(place);
  useEffect(() => {
    onHold?.(placeKey);
  }, [onHold, placeKey]);
  useEffect(() => () => onHold?.(null), [onHold]);

  const hold = () => {
    if (isLive && !isHeld) holdAt(rows.at(0));
  };
  const release = () => {
    letGo();
    setActiveKey(null);
    box?.scrollTo({ top: 0 });
  };
  const move = (by: number) => {
    hold();
    const current = rows.findIndex((row) => rowKey(row) === activeKey) - newer;
    const next = Math.max(0, Math.min(count - 1, current < 0 ? firstInSight() : current + by));
    const row = rows.at(newer + next);
    if (row === undefined) return false;
    setActiveKey(rowKey(row));
    scrollTo(next);
    // Or Enter would go to the link or button that was used last.
    box?.focus({ preventScroll: true });
    return true;
  };
  useHotkeys({
    j: () => move(1),
    k: () => move(-1),
    Enter: () => {
      const row = rows.find((candidate) => rowKey(candidate) === activeKey);
      if (row === undefined) return false;
      void navigate(rowLink(row));
      return true;
    },
    Escape: () => {
      release();
      return true;
    },
  });

  const visible = useMemo(
    () =>
      columns.filter(
        ({ isWideOnly = false }) =>
          !(isNarrow && isWideOnly !== false) && !(isMiddling && isWideOnly === 'widest'),
      ),
    [columns, isNarrow, isMiddling],
  );
  const template = isNarrow ? undefined : visible.map((column) => column.width).join(' ');
  return (
    <div className={styles.frame} data-bare={count === 0}>
      {newer > 0 && (
        <button type="button" className={styles.newer} onClick={release}>
          <IconArrowUp />
          {formatCount(newer)} new
        </button>
      )}
      <div
        ref={setBox}
        className={styles.box}
        role="table"
        tabIndex={0}
        aria-label={label}
        aria-rowcount={count + 1}
        onScroll={(event) => {
          if (event.currentTarget.scrollTop > rowPx) hold();
          else if (activeKey === null) letGo();
        }}
      >
        <div className={styles.headGroup} role="rowgroup">
          <div className={styles.head} role="row" style={{ gridTemplateColumns: template }}>
            {visible.map((column) => (
              <span key={column.key} role="columnheader" className={column.align && styles.end}>
                {column.header}
              </span>
            ))}
          </div>
        </div>
        <div className={styles.canvas} role="rowgroup" style={{ height: count * rowPx }}>
          {rows.slice(newer + from, newer + to).map((row, place) => {
            const key = rowKey(row);
            return (
              <TableRow
                key={key}
                row={row}
                index={from + place}
                rowPx={rowPx}
                columns={visible}
                template={template}
                isNarrow={isNarrow}
                isActive={key === activeKey}
              />
            );
          })}
        </div>
        {isLoading && <LoadingRows />}
      </div>
      {!isLoading && count === 0 && <div className={styles.empty}>{empty}</div>}
    </div>
  );
}

function LoadingRows() {
  return (
    <div role="presentation" className={styles.loading}>
      {Array.from({ length: 8 }, (_unused, index) => (
        <Skeleton key={index} width={`${String(92 - ((index * 13) % 30))}%`} />
      ))}
    </div>
  );
}
