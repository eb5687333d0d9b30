import type { DeliveryState } from '@signalbox/api/delivery-states';
import type { ReactNode } from 'react';
import {
  IconAlert,
  IconBan,
  IconBell,
  IconCheck,
  IconClock,
  IconDead,
  IconDelivering,
  IconPause,
  IconQuarantine,
  IconRetry,
  IconRouted,
  IconUnmatched,
} from '../icons.ts';
import { Badge, type Tone } from './Badge.tsx';

type Look = readonly [Tone, ReactNode, string];

const DELIVERY: Readonly<Record<DeliveryState, Look>> = {
  pending: ['quiet', <IconClock key="i" />, 'Pending'],
  delivering: ['busy', <IconDelivering key="i" />, 'Delivering'],
  retrying: ['warn', <IconRetry key="i" />, 'Retrying'],
  succeeded: ['good', <IconCheck key="i" />, 'Succeeded'],
  dead: ['bad', <IconDead key="i" />, 'Dead'],
  cancelled: ['quiet', <IconBan key="i" />, 'Cancelled'],
};
const EVENT: Readonly<Record<'routed' | 'unmatched' | 'quarantined', Look>> = {
  routed: ['good', <IconRouted key="i" />, 'Routed'],
  unmatched: ['quiet', <IconUnmatched key="i" />, 'Unmatched'],
  quarantined: ['warn', <IconQuarantine key="i" />, 'Quarantined'],
};
const RESOURCE: Readonly<Record<'active' | 'paused' | 'disabled', Look>> = {
  active: ['good', <IconCheck key="i" />, 'Active'],
  paused: ['warn', <IconPause key="i" />, 'Paused'],
  disabled: ['bad', <IconBan key="i" />, 'Disabled'],
};
const BREAKER: Readonly<Record<'closed' | 'open' | 'half-open', Look>> = {
  closed: ['quiet', <IconCheck key="i" />, 'Closed'],
  open: ['bad', <IconAlert key="i" />, 'Open'],
  'half-open': ['warn', <IconRetry key="i" />, 'Half-open'],
};

const JOB: Readonly<Record<'running' | 'paused' | 'completed' | 'cancelled' | 'failed', Look>> = {
  running: ['busy', <IconDelivering key="i" />, 'Running'],
  paused: ['warn', <IconPause key="i" />, 'Paused'],
  completed: ['good', <IconCheck key="i" />, 'Completed'],
  cancelled: ['quiet', <IconBan key="i" />, 'Cancelled'],
  failed: ['bad', <IconAlert key="i" />, 'Failed'],
};

const SEVERITY: Readonly<Record<'info' | 'warning' | 'critical', Look>> = {
  info: ['busy', <IconBell key="i" />, 'Info'],
  warning: ['warn', <IconAlert key="i" />, 'Warning'],
  critical: ['bad', <IconDead key="i" />, 'Critical'],
};

const show = ([tone, icon, word]: Look) => (
  <Badge tone={tone} icon={icon}>
    {word}
  </Badge>
);

export const DeliveryBadge = ({ state }: { state: DeliveryState }) => show(DELIVERY[state]);
export const EventBadge = ({ status }: { status: keyof typeof EVENT }) => show(EVENT[status]);
export const ResourceBadge = ({ state }: { state: keyof typeof RESOURCE }) => show(RESOURCE[state]);
export const BreakerBadge = ({ state }: { state: keyof typeof BREAKER }) => show(BREAKER[state]);
export const JobBadge = ({ state }: { state: keyof typeof JOB }) => show(JOB[state]);
export const SeverityBadge = ({ severity }: { severity: keyof typeof SEVERITY }) =>
  show(SEVERITY[severity]);
