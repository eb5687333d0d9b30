import { reasonText } from './text.ts';
import { exactTime } from './time.ts';

/** What is known of the names behind ids; without one an id stands for itself. */
export type FilterNames = Partial<
  Record<'target' | 'subscription' | 'source', (id: string) => string | undefined>
>;

const LABELS: Readonly<Record<string, string>> = {
  id: 'Event',
  eventId: 'Event',
  source: 'CloudEvents source',
  sourceId: 'Source',
  type: 'Event type',
  subject: 'Subject',
  status: 'Status',
  receivedAfter: 'Received after',
  receivedBefore: 'Received before',
  q: 'Search',
  targetId: 'Target',
  subscriptionId: 'Subscription',
  reason: 'Reason',
  state: 'State',
  replayId: 'Replay',
  orderingKey: 'Ordering key',
  codeClass: 'Code',
  errorKind: 'Error',
  createdAfter: 'Created after',
  createdBefore: 'Created before',
  severity: 'Severity',
};

/** What a filter is called on the screen. */
export function filterLabel(name: string): string {
  return LABELS[name] ?? name;
}

/** One value of a filter: the name of what an id stands for, a reason in words, a time in the viewer's zone. */
export function filterValue(name: string, value: string, names: FilterNames): string {
  switch (name) {
    case 'targetId':
      return names.target?.(value) ?? value;
    case 'subscriptionId':
      return names.subscription?.(value) ?? value;
    case 'sourceId':
      return names.source?.(value) ?? value;
    case 'reason':
    case 'errorKind':
      return reasonText(value);
    case 'receivedAfter':
    case 'receivedBefore':
    case 'createdAfter':
    case 'createdBefore': {
      const time = Date.parse(value);
      return Number.isNaN(time) ? value : exactTime(time);
    }
    default:
      return value;
  }
}

function valuesText(name: string, values: unknown, names: FilterNames, or: string): string {
  return [values]
    .flat()
    .map((value) => filterValue(name, String(value), names))
    .join(or);
}

/** The filter, one line a member. */
export function filterFacts(
  filter: object,
  names: FilterNames,
): (readonly [label: string, text: string])[] {
  return Object.entries(filter).map(([name, values]) => [
    filterLabel(name),
    valuesText(name, values, names, ', '),
  ]);
}

/** The filter in a sentence: `state dead or retrying; target billing`. */
export function filterText(filter: object, names: FilterNames): string {
  return Object.entries(filter)
    .map(([name, values]) => {
      const label = filterLabel(name);
      return `${label.charAt(0).toLowerCase()}${label.slice(1)} ${valuesText(name, values, names, ' or ')}`;
    })
    .join('; ');
}
