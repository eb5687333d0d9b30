import type { ReplayCreate } from '@signalbox/api/contract';

/** What a new replay's filter keeps in the URL: the filters of the events list, and single events. */
export const REPLAY_FILTERS = {
  many: ['id', 'source', 'sourceId', 'type', 'status', 'subject'],
  one: ['q', 'receivedAfter', 'receivedBefore'],
} as const;
export type ReplayMany = (typeof REPLAY_FILTERS.many)[number];
export type ReplayOne = (typeof REPLAY_FILTERS.one)[number];

export interface ReplayForm {
  to: 'original' | 'subscriptions' | 'target';
  subscriptionIds: readonly string[];
  targetId: string;
  /** Deliveries a second; empty: no limit. */
  ratePerSecond: string;
}

export const EMPTY_REPLAY: ReplayForm = {
  to: 'original',
  subscriptionIds: [],
  targetId: '',
  ratePerSecond: '100',
};

/** Where it goes; null while something is left to choose. */
export function formToDestination(form: ReplayForm): ReplayCreate['destination'] | null {
  if (form.to === 'original') return { kind: 'original' };
  if (form.to === 'target') {
    return form.targetId === '' ? null : { kind: 'target', targetId: form.targetId };
  }
  if (form.subscriptionIds.length === 0) return null;
  return { kind: 'subscriptions', subscriptionIds: [...form.subscriptionIds] };
}

/** What is missing before the replay can begin, or null. */
export function missingIn(form: ReplayForm): string | null {
  if (form.to === 'target' && form.targetId === '') return 'Choose a target.';
  if (form.to === 'subscriptions' && form.subscriptionIds.length === 0)
    return 'Choose a subscription.';
  return null;
}

/** Null: no limit. */
export function formToRate(form: ReplayForm): number | null {
  return form.ratePerSecond.trim() === '' ? null : Number(form.ratePerSecond);
}

/** The list with one id taken in, or out when it is there. */
export function toggled(ids: readonly string[], id: string): string[] {
  return ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id];
}
