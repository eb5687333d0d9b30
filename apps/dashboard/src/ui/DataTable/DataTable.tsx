import { useEffect, useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { useHotkeys } from '../../lib/use-hotkeys.ts';
import { useMedia } from '../../lib/use-media.ts';
import { IconArrowUp } from '../icons.ts';
import { Skeleton } from '../Skeleton/Skeleton.tsx';
import { formatCount } from '../../lib/text.ts';
import styles from './DataTable.module.css';
import { holdRows } from './hold-rows.ts';
import { useDrawnRows } from './use-drawn-rows.ts';

export interface Column<Row> {
  key: string;
  header: string;
  /** A grid track, such as `120px` or `minmax(0, 2fr)`. */
  width: string;
  cell: (row: Row) => ReactNode;
  align?: 'end';
  /** Left out on narrow screens; `widest`: also on those of middling width. */
  isWideOnly?: boolean | 'widest';
  /** What stands in its place on narrow screens, where it differs. */
  narrowCell?: (row: Row) => ReactNode;
}

export interface DataTableProps<Row> {
  label: string;
  rows: readonly Row[];
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
}

const ROW_PX = 38;
const HEAD_PX = 34;
const NARROW_ROW_PX = 58;
const NARROW = '(max-width: 720px)';
const MIDDLING = '(max-width: 1400px)';
const NEAR_END_ROWS = 20;

/** A list of any length in one scrolling box, of which only what is visible is drawn. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, rows, rowKey, rowLink, columns, isLoading, empty, onMore, isLive = false } = props;
  const [box, setBox] = useState<HTMLDivElement | null>(null);
  const navigate = useNavigate();
  const isNarrow = useMedia(NARROW);
  const isMiddling = useMedia(MIDDLING);
  const [heldFrom, setHeldFrom] = useState<string | null>(null);
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const { shown, newer } = holdRows(rows, heldFrom, rowKey);
  const rowPx = isNarrow ? NARROW_ROW_PX : ROW_PX;
  const { from, to, scrollTo } = useDrawnRows(box, shown.length, rowPx, isNarrow ? 0 : HEAD_PX);
  useEffect(() => {
    if (shown.length > 0 && to > shown.length - NEAR_END_ROWS) onMore?.();
  }, [to, shown.length, onMore]);

  const firstKey = rows[0] === undefined ? null : rowKey(rows[0]);
  const hold = () => {
    if (isLive) setHeldFrom((held) => held ?? firstKey);
  };
  const release = () => {
    setHeldFrom(null);
    setActiveKey(null);
    box?.scrollTo({ top: 0 });
  };
  const move = (by: number) => {
    hold();
    const current = shown.findIndex((row) => rowKey(row) === activeKey);
    const next = Math.max(0, Math.min(shown.length - 1, current < 0 ? 0 : current + by));
    const row = shown[next];
    if (row === undefined) return;
    setActiveKey(rowKey(row));
    scrollTo(next);
  };
  useHotkeys({
    j: () => {
      move(1);
    },
    k: () => {
      move(-1);
    },
    Enter: () => {
      const row = shown.find((candidate) => rowKey(candidate) === activeKey);
      if (row !== undefined) void navigate(rowLink(row));
    },
    Escape: release,
  });

  const visible = columns.filter(
    ({ isWideOnly = false }) =>
      !(isNarrow && isWideOnly !== false) && !(isMiddling && isWideOnly === 'widest'),
  );
  const template = isNarrow ? undefined : visible.map((column) => column.width).join(' ');
  return (
    <div className={styles.frame} data-bare={shown.length === 0}>
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
        aria-rowcount={shown.length + 1}
        onScroll={(event) => {
          if (event.currentTarget.scrollTop > rowPx) hold();
          else if (activeKey === null) setHeldFrom(null);
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
        <div className={styles.canvas} role="rowgroup" style={{ height: shown.length * rowPx }}>
          {shown.slice(from, to).map((row, place) => {
            const index = from + place;
            const key = rowKey(row);
            return (
              <div
                key={key}
                role="row"
                aria-rowindex={index + 2}
                className={styles.row}
                data-active={key === activeKey}
                style={{
                  gridTemplateColumns: template,
                  height: rowPx,
                  transform: `translateY(${String(index * rowPx)}px)`,
                }}
              >
                {visible.map((column) => (
                  <span key={column.key} role="cell" className={column.align && styles.end}>
                    {(isNarrow ? (column.narrowCell ?? column.cell) : column.cell)(row)}
                  </span>
                ))}
              </div>
            );
          })}
        </div>
        {isLoading && <LoadingRows />}
      </div>
      {!isLoading && shown.length === 0 && <div className={styles.empty}>{empty}</div>}
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
