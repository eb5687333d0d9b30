import { formatCount, plural, reasonText } from './text.ts';

type Destination =
  | { kind: 'original' }
  | { kind: 'subscriptions'; subscriptionIds: readonly string[] }
  | { kind: 'target'; targetId: string };

/** What of a replay its name is made of. */
export interface NamedReplay {
  kind: 'replay' | 'retry-dead' | 'discard-dead';
  filter: object;
  destination: Destination | null;
}
interface Names {
  target: (id: string) => string | undefined;
  subscription: (id: string) => string | undefined;
}

const VERBS = { 'retry-dead': 'Retry', 'discard-dead': 'Discard' } as const;

/** A replay as people call it: `order.created events to billing`, `Retry dead letters of billing, HTTP 422`. */
export function replayName(replay: NamedReplay, names: Names): string {
  const wanted = new Map(Object.entries(replay.filter));
  const list = (name: string) => (wanted.get(name) as string[] | undefined) ?? [];
  if (replay.kind !== 'replay') {
    const targets = list('targetId').map((id) => names.target(id) ?? id);
    const parts = [
      `${VERBS[replay.kind]} dead letters${targets.length > 0 ? ` of ${targets.join(', ')}` : ''}`,
      ...list('reason').map(reasonText),
      ...list('type'),
    ];
    return parts.join(', ');
  }
  const ids = list('id');
  const types = list('type');
  const what =
    ids.length > 0
      ? plural(ids.length, 'event')
      : types.length > 0
        ? `${types.join(', ')} events`
        : wanted.size > 0
          ? 'Some events'
          : 'All events';
  return `${what} ${where(replay.destination, names)}`;
}

function where(destination: Destination | null, names: Names): string {
  if (destination?.kind === 'target')
    return `to ${names.target(destination.targetId) ?? destination.targetId}`;
  if (destination?.kind !== 'subscriptions') return 'to where they went';
  return `through ${destination.subscriptionIds.map((id) => names.subscription(id) ?? id).join(', ')}`;
}

const WAITS: Readonly<Record<string, string>> = {
  target_paused: 'Waits until its target is resumed.',
  target_disabled: 'Waits until its target is enabled.',
  subscription_paused: 'Waits until its subscription is resumed.',
  backlog: 'Waits until the target has caught up.',
};

/** Why a replay makes nothing at the moment. */
export function waitText(waitingFor: string): string {
  return WAITS[waitingFor] ?? waitingFor.replaceAll('_', ' ');
}

/** How far it has come: `1,204 of 5,000 events`, `12 events`. */
export function progressText(replay: {
  kind: NamedReplay['kind'];
  scanned: number;
  expected: number | null;
}): string {
  const { kind, scanned, expected } = replay;
  const noun = kind === 'replay' ? 'event' : 'dead letter';
  return expected === null
    ? plural(scanned, noun)
    : `${formatCount(scanned)} of ${plural(Math.max(expected, scanned), noun)}`;
}
