import type { ReactNode } from 'react';

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
