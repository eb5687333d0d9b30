import { useSourceName } from '../../api/names.ts';
import { useListSourcesQuery } from '../../api/sources.ts';
import type { useUrlFilters } from '../../lib/url-filters.ts';
import { EventFilters } from '../../ui/Filters/EventFilters.tsx';
import { FilterChips } from '../../ui/Filters/FilterChips.tsx';
import { Filters } from '../../ui/Filters/Filters.tsx';
import { Muted } from '../../ui/Muted/Muted.tsx';
import type { ReplayMany, ReplayOne } from './replay-form.ts';

/** Which stored events take part; kept in the URL, as for the list of events. */
export function ReplayFilters(props: ReturnType<typeof useUrlFilters<ReplayMany, ReplayOne>>) {
  const { filters, beside } = props;
  const { data: sources = [] } = useListSourcesQuery(undefined);
  const nameOf = useSourceName();
  if (filters.id === undefined) return <EventFilters {...props} sources={sources} />;
  // Beside single events the other filters act too, and have no controls.
  const others = beside(['id']).filter(({ name }) => name !== 'id');
  return (
    <>
      <Muted>
        {filters.id.length === 1 ? 'The event' : 'The events'} <code>{filters.id.join(', ')}</code>
      </Muted>
      {others.length > 0 && (
        <Filters isFiltered={false} onClear={props.clear}>
          <FilterChips values={others} names={{ source: nameOf }} />
        </Filters>
      )}
    </>
  );
}
