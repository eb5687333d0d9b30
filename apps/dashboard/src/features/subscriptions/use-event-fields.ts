import { useMemo } from 'react';
import { useListEventTypesQuery } from '../../api/event-types.ts';
import { useSampleEventsQuery } from '../../api/events.ts';
import { eventAsJson } from '../../lib/event-as-json.ts';
import { addSchema, addValue, type FieldTree } from '../../lib/field-tree.ts';

const SAMPLES = 50;

/** What fields events have: those of the newest events, and those that the schemas of event types name. */
export function useEventFields(): FieldTree {
  const { data: events = [] } = useSampleEventsQuery({ limit: SAMPLES });
  const { data: types = [] } = useListEventTypesQuery(undefined);
  return useMemo(() => {
    const tree: FieldTree = new Map();
    for (const event of events) addValue(tree, eventAsJson(event));
    for (const { schemas } of types)
      addSchema(tree, { properties: { data: schemas.at(-1)?.schema } });
    return tree;
  }, [events, types]);
}
