import { useState } from 'react';
import { useSampleEventsQuery } from '../../api/events.ts';
import { eventAsJson } from '../../lib/event-as-json.ts';
import { EXAMPLE_EVENT } from './example-event.ts';

const OFFERED = 50;

/** The event that a pattern is tried on: a stored one, or a made-up one, which can be edited. */
export function useExample() {
  const { data: events = [] } = useSampleEventsQuery({ limit: OFFERED });
  const [chosen, setChosen] = useState('');
  const [text, setText] = useState(EXAMPLE_EVENT);
  return {
    events,
    chosen,
    text,
    setText,
    choose(id: string): void {
      setChosen(id);
      const event = events.find((candidate) => candidate.id === id);
      setText(event === undefined ? EXAMPLE_EVENT : JSON.stringify(eventAsJson(event), null, 2));
    },
  };
}
export type Example = ReturnType<typeof useExample>;
