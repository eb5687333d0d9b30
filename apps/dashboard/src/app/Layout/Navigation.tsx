import { NavLink } from 'react-router';
import { useLiveStatsQuery } from '../../api/metrics.ts';
import { paths } from '../../lib/paths.ts';
import { formatCount } from '../../lib/text.ts';
import { GROUPS } from '../screens.tsx';
import styles from './Navigation.module.css';

export function Navigation() {
  const { data: stats } = useLiveStatsQuery(undefined);
  const deadLetters = stats?.at(-1)?.deadLetters ?? 0;
  return (
    <nav className={styles.navigation} aria-label="Main">
      <NavLink className={styles.brand ?? ''} to={paths.overview}>
        <img src="/favicon.svg" alt="" width="22" height="22" />
        Signalbox
      </NavLink>
      {GROUPS.map((group) => (
        <div key={group.label}>
          <p className={styles.label}>{group.label}</p>
          <ul>
            {group.entries.map((entry) => (
              <li key={entry.to}>
                <NavLink className={styles.link ?? ''} to={entry.to} end={entry.to === '/'}>
                  {entry.icon}
                  {entry.label}
                  {entry.to === paths.deadLetters && deadLetters > 0 && (
                    <span className={styles.count}>{formatCount(deadLetters)}</span>
                  )}
                </NavLink>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
