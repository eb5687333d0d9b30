import type { ReactNode } from 'react';
import styles from './Muted.module.css';

/** A remark: smaller and paler than what it stands beside. */
export function Muted(props: { isInline?: boolean; role?: 'status'; children: ReactNode }) {
  const { isInline = false, role, children } = props;
  const Text = isInline ? 'span' : 'p';
  return (
    <Text className={styles.muted} role={role}>
      {children}
    </Text>
  );
}
