import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { useHotkeys } from '../../lib/use-hotkeys.ts';
import { useMedia } from '../../lib/use-media.ts';
import { IconArrowUp } from '../icons.ts';
import { Skeleton } from '../Skeleton/Skeleton.tsx';
import { formatCount } from '../../lib/text.ts';
import styles from './DataTable.module.css';
import { holdRows } from './hold-rows.ts';

export interface Column<Row> {
  key: string;
  header: string;
  /** A grid track, such as `120px` or `minmax(0, 2fr)`. */
  width: string;
  cell: (row: Row) => ReactNode;
  align?: 'end';
  /** Left out on narrow screens. */
  isWideOnly?: boolean;
}

interface DataTableProps<Row> {
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
const NEAR_END_ROWS = 20;

/** A list of any length in one scrolling box, of which only what is visible is drawn. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, rows, rowKey, rowLink, columns, isLoading, empty, onMore, isLive = false } = props;
  const box = useRef<HTMLDivElement>(null);
  const navigate = useNavigate();
  const isNarrow = useMedia(NARROW);
  const [heldFrom, setHeldFrom] = useState<string | null>(null);
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const { shown, newer } = holdRows(rows, heldFrom, rowKey);
  const rowPx = isNarrow ? NARROW_ROW_PX : ROW_PX;
  const virtualizer = useVirtualizer({
    count: shown.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowPx,
    overscan: 12,
    scrollPaddingStart: isNarrow ? 0 : HEAD_PX,
  });
  useEffect(() => {
    virtualizer.measure();
  }, [rowPx, virtualizer]);

  const items = virtualizer.getVirtualItems();
  const lastIndex = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (shown.length > 0 && lastIndex >= shown.length - NEAR_END_ROWS) onMore?.();
  }, [lastIndex, shown.length, onMore]);

  const firstKey = rows[0] === undefined ? null : rowKey(rows[0]);
  const hold = () => {
    if (isLive) setHeldFrom((held) => held ?? firstKey);
  };
  const release = () => {
    setHeldFrom(null);
    setActiveKey(null);
    box.current?.scrollTo({ top: 0 });
  };
  const move = (by: number) => {
    hold();
    const current = shown.findIndex((row) => rowKey(row) === activeKey);
    const next = Math.max(0, Math.min(shown.length - 1, current < 0 ? 0 : current + by));
    const row = shown[next];
    if (row === undefined) return;
    setActiveKey(rowKey(row));
    virtualizer.scrollToIndex(next);
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

  const visible = columns.filter((column) => !(isNarrow && column.isWideOnly === true));
  const template = isNarrow ? undefined : visible.map((column) => column.width).join(' ');
  return (
    <div className={styles.frame}>
      {newer > 0 && (
        <button type="button" className={styles.newer} onClick={release}>
          <IconArrowUp />
          {formatCount(newer)} new
        </button>
      )}
      <div
        ref={box}
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
        <div
          className={styles.canvas}
          role="rowgroup"
          style={{ height: virtualizer.getTotalSize() }}
        >
          {items.map((item) => {
            const row = shown[item.index];
            if (row === undefined) return null;
            const key = rowKey(row);
            return (
              <div
                key={key}
                role="row"
                aria-rowindex={item.index + 2}
                className={styles.row}
                data-active={key === activeKey}
                style={{
                  gridTemplateColumns: template,
                  height: rowPx,
                  transform: `translateY(${String(item.start)}px)`,
                }}
              >
                {visible.map((column) => (
                  <span key={column.key} role="cell" className={column.align && styles.end}>
                    {column.cell(row)}
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
