import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { useLiveStatsQuery } from '../../api/metrics.ts';
import { paths } from '../../lib/paths.ts';
import { formatCount } from '../../lib/text.ts';
import {
  IconActivity,
  IconDead,
  IconDeliveries,
  IconOverview,
  IconSource,
  IconSubscription,
  IconTarget,
} from '../../ui/icons.ts';
import styles from './Navigation.module.css';

interface Entry {
  to: string;
  label: string;
  icon: ReactNode;
}
const GROUPS: readonly { label: string; entries: readonly Entry[] }[] = [
  {
    label: 'Watch',
    entries: [
      { to: paths.overview, label: 'Overview', icon: <IconOverview /> },
      { to: paths.events, label: 'Events', icon: <IconActivity /> },
      { to: paths.deliveries, label: 'Deliveries', icon: <IconDeliveries /> },
      { to: paths.deadLetters, label: 'Dead letters', icon: <IconDead /> },
    ],
  },
  {
    label: 'Set up',
    entries: [
      { to: paths.sources, label: 'Sources', icon: <IconSource /> },
      { to: paths.targets, label: 'Targets', icon: <IconTarget /> },
      { to: paths.subscriptions, label: 'Subscriptions', icon: <IconSubscription /> },
    ],
  },
];

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
