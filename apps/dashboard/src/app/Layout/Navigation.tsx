import { Link, useLocation } from 'react-router';
import { useLiveStatsQuery } from '../../api/metrics.ts';
import { paths } from '../../lib/paths.ts';
import { formatCount } from '../../lib/text.ts';
import { GROUPS } from '../screens.tsx';
import styles from './Navigation.module.css';

function isAt(pathname: string, screen: string | undefined): boolean {
  if (screen === undefined) return false;
  return pathname === screen || (screen !== paths.overview && pathname.startsWith(`${screen}/`));
}

export function Navigation() {
  const { pathname } = useLocation();
  return (
    <nav className={styles.navigation} aria-label="Main">
      <Link className={styles.brand} to={paths.overview}>
        <img src="/favicon.svg" alt="" width="22" height="22" />
        Signalbox
      </Link>
      {GROUPS.map((group) => (
        <div key={group.label}>
          <p className={styles.label}>{group.label}</p>
          <ul>
            {group.entries.map((entry) => (
              <li key={entry.to}>
                <Link
                  className={styles.link}
                  to={entry.to}
                  aria-current={
                    isAt(pathname, entry.to) || isAt(pathname, entry.also) ? 'page' : undefined
                  }
                >
                  {entry.icon}
                  {entry.label}
                  {entry.to === paths.deadLetters && <DeadLetterCount />}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

/** Also keeps the last two minutes of figures while the viewer moves between screens: it is on all of them. */
function DeadLetterCount() {
  const { data: stats } = useLiveStatsQuery(undefined);
  const deadLetters = stats?.at(-1)?.deadLetters ?? 0;
  return deadLetters > 0 && <span className={styles.count}>{formatCount(deadLetters)}</span>;
}
