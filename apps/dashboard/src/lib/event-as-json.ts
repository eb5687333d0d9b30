interface StoredEvent {
  eventId: string;
  source: string;
  type: string;
  subject: string | null;
  time: string | null;
  extensions: Readonly<Record<string, unknown>>;
  data?: unknown;
}

/** A stored event as patterns and transforms see it. */
export function eventAsJson(event: StoredEvent): Record<string, unknown> {
  return {
    id: event.eventId,
    source: event.source,
    type: event.type,
    ...(event.subject === null ? {} : { subject: event.subject }),
    ...(event.time === null ? {} : { time: event.time }),
    ...event.extensions,
    ...(event.data === undefined ? {} : { data: event.data }),
  };
}
