import { useMemo } from 'react';
import { useListEventsInfiniteQuery } from '../../api/events.ts';
import { useExport } from '../../api/export-list.ts';
import { useSourceName } from '../../api/names.ts';
import { useRefusal } from '../../api/roles.ts';
import { useListSourcesQuery } from '../../api/sources.ts';
import { useRows } from '../../api/use-rows.ts';
import { curlEvent, SAMPLE_EVENT } from '../../lib/curl.ts';
import { paths } from '../../lib/paths.ts';
import { useUrlFilters } from '../../lib/url-filters.ts';
import { NewButton } from '../../ui/Button/NewButton.tsx';
import { Code } from '../../ui/Code/Code.tsx';
import { EmptyState } from '../../ui/EmptyState/EmptyState.tsx';
import { EventFilters } from '../../ui/Filters/EventFilters.tsx';
import { ListScreen } from '../../ui/ListScreen/ListScreen.tsx';
import { eventColumns } from './event-columns.tsx';
import { EVENT_FILTERS, type EventMany, type EventOne } from './event-filters.ts';
import { ReplayButton } from './ReplayButton.tsx';

export function EventList() {
  const url = useUrlFilters<EventMany, EventOne>(EVENT_FILTERS);
  const { filters, isFiltered } = url;
  const list = useListEventsInfiniteQuery(filters);
  const { data: sources = [] } = useListSourcesQuery(undefined);
  const sourceName = useSourceName();
  const columns = useMemo(() => eventColumns(sourceName), [sourceName]);
  return (
    <ListScreen
      title="Events"
      actions={<ReplayButton filters={filters} />}
      exported={useExport('/v1/events', filters)}
      above={<EventFilters {...url} sources={sources} hotkey />}
      {...useRows(list)}
      rowKey={(event) => event.id}
      rowLink={(event) => paths.event(event.id)}
      columns={columns}
      isLive
      empty={<NoEvents isFiltered={isFiltered} hasSource={sources.length > 0} />}
    />
  );
}

function NoEvents({ isFiltered, hasSource }: { isFiltered: boolean; hasSource: boolean }) {
  const refusal = useRefusal('admin');
  if (isFiltered) {
    return (
      <EmptyState title="No event fits these filters">
        <p>New events that fit will appear here by themselves.</p>
      </EmptyState>
    );
  }
  if (!hasSource) {
    return (
      <EmptyState
        title="No events yet"
        action={<NewButton to={paths.newSource} label="Make a source" refusal={refusal} />}
      >
        <p>Events come from sources. Make one to get a key and a command that sends an event.</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No events yet">
      <p>Send one with the key of a source in place of &lt;key&gt;. It appears here at once.</p>
      <Code
        label="Command that sends an event"
        text={curlEvent(window.location.origin, '<key>', SAMPLE_EVENT)}
      />
    </EmptyState>
  );
}
