import type { ReactNode } from 'react';
import { paths } from '../lib/paths.ts';
import {
  IconActivity,
  IconAudit,
  IconBell,
  IconDead,
  IconDeliveries,
  IconFlow,
  IconOverview,
  IconReplay,
  IconSchema,
  IconSettings,
  IconSource,
  IconSubscription,
  IconTarget,
  IconUsers,
} from '../ui/icons.ts';

interface Entry {
  to: string;
  label: string;
  icon: ReactNode;
  /** Where else one is on this screen. */
  also?: string;
}
/** The screens of the navigation, by what they are for. */
export const GROUPS: readonly { label: string; entries: readonly Entry[] }[] = [
  {
    label: 'Watch',
    entries: [
      { to: paths.overview, label: 'Overview', icon: <IconOverview /> },
      { to: paths.flow, label: 'Flow', icon: <IconFlow /> },
      { to: paths.events, label: 'Events', icon: <IconActivity /> },
      { to: paths.deliveries, label: 'Deliveries', icon: <IconDeliveries /> },
      { to: paths.deadLetters, label: 'Dead letters', icon: <IconDead /> },
      { to: paths.replays, label: 'Replays', icon: <IconReplay /> },
      { to: paths.alerts, label: 'Alerts', icon: <IconBell />, also: paths.alertRules },
    ],
  },
  {
    label: 'Set up',
    entries: [
      { to: paths.sources, label: 'Sources', icon: <IconSource /> },
      { to: paths.targets, label: 'Targets', icon: <IconTarget /> },
      { to: paths.subscriptions, label: 'Subscriptions', icon: <IconSubscription /> },
      { to: paths.eventTypes, label: 'Event types', icon: <IconSchema /> },
    ],
  },
  {
    label: 'Run',
    entries: [
      { to: paths.users, label: 'Users', icon: <IconUsers /> },
      { to: paths.auditLog, label: 'Audit log', icon: <IconAudit /> },
      { to: paths.settings, label: 'Settings', icon: <IconSettings /> },
    ],
  },
];

export const SCREENS: readonly Entry[] = GROUPS.flatMap(({ entries }) => entries);
