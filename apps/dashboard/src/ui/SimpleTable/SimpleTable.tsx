import type { ReactNode } from 'react';
import styles from './SimpleTable.module.css';

/** A short table. Columns from `endFrom` on hold figures and stand at the right. */
export function SimpleTable(props: {
  label: string;
  headers: readonly string[];
  rows: readonly { key: string; cells: readonly ReactNode[] }[];
  endFrom?: number;
}) {
  const { label, headers, rows, endFrom = headers.length } = props;
  const classOf = (index: number) => (index >= endFrom ? styles.end : undefined);
  return (
    <div className={styles.scroll} role="region" aria-label={label} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            {headers.map((header, index) => (
              <th key={header} scope="col" className={classOf(index)}>
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              {row.cells.map((cell, index) => (
                <td key={headers[index]} className={classOf(index)}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
