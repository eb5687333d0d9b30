import type { Event } from '@signalbox/api/contract';
import { useState } from 'react';
import { useSampleEventsQuery } from '../../api/events.ts';
import { eventAsJson } from '../../lib/event-as-json.ts';
import { EXAMPLE_EVENT } from './example-event.ts';

const OFFERED = 50;

/**
 * The event that a pattern is tried on: a stored one, or a made-up one, which can be edited.
 * @param first the stored event to begin with
 */
export function useExample(first: Event | null) {
  const { data: newest = [] } = useSampleEventsQuery({ limit: OFFERED });
  const events =
    first === null || newest.some(({ id }) => id === first.id) ? newest : [first, ...newest];
  const [chosen, setChosen] = useState(first?.id ?? '');
  const [text, setText] = useState(() => textOf(first));
  return {
    events,
    chosen,
    text,
    setText,
    choose(id: string): void {
      setChosen(id);
      setText(textOf(events.find((candidate) => candidate.id === id)));
    },
  };
}
export type Example = ReturnType<typeof useExample>;

function textOf(event: Event | null | undefined): string {
  return event == null ? EXAMPLE_EVENT : JSON.stringify(eventAsJson(event), null, 2);
}
