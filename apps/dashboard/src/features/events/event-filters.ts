/** What the events screen keeps in the URL. */
export const EVENT_FILTERS = {
  many: ['sourceId', 'type', 'status', 'subject'],
  one: ['q', 'receivedAfter', 'receivedBefore'],
} as const;
export type EventMany = (typeof EVENT_FILTERS.many)[number];
export type EventOne = (typeof EVENT_FILTERS.one)[number];
