import { useListSourcesQuery } from '../../api/sources.ts';
import type { useUrlFilters } from '../../lib/url-filters.ts';
import { EventFilters } from '../../ui/Filters/EventFilters.tsx';
import { Muted } from '../../ui/Muted/Muted.tsx';
import type { ReplayMany, ReplayOne } from './replay-form.ts';

/** Which stored events take part; kept in the URL, as for the list of events. */
export function ReplayFilters(props: ReturnType<typeof useUrlFilters<ReplayMany, ReplayOne>>) {
  const { filters } = props;
  const { data: sources = [] } = useListSourcesQuery(undefined);
  if (filters.id === undefined) return <EventFilters {...props} sources={sources} />;
  return (
    <Muted>
      {filters.id.length === 1 ? 'The event' : 'The events'} <code>{filters.id.join(', ')}</code>
    </Muted>
  );
}
