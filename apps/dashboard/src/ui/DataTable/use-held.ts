import { useState } from 'react';
import type { Rows } from '../../lib/rows.ts';
import { countNewer } from './count-newer.ts';
import { stayHeld } from './stay-held.ts';

/** The row at which a list is held, so that those which come in above it wait. */
export function useHeld<Row>(rows: Rows<Row>, rowKey: (row: Row) => string) {
  const [held, setHeld] = useState<{ key: string; rows: Rows<Row> } | null>(null);
  if (held !== null && held.rows !== rows) {
    const key = stayHeld(held.key, held.rows, rows, rowKey);
    setHeld(key === null ? null : { key, rows });
  }
  return {
    isHeld: held !== null,
    /** How many rows wait. */
    newer: countNewer(rows, held?.key ?? null, rowKey),
    holdAt: (row: Row | undefined) => {
      if (row !== undefined) setHeld({ key: rowKey(row), rows });
    },
    letGo: () => {
      setHeld(null);
    },
  };
}
