import { useCallback, useMemo } from 'react';
import { useListEventsInfiniteQuery } from '../../api/events.ts';
import { useSourceName } from '../../api/names.ts';
import { flatten } from '../../api/pages.ts';
import { asProblem } from '../../api/problem.ts';
import { useListSourcesQuery } from '../../api/sources.ts';
import { curlEvent, SAMPLE_EVENT } from '../../lib/curl.ts';
import { paths } from '../../lib/paths.ts';
import { useUrlFilters } from '../../lib/url-filters.ts';
import { ButtonLink } from '../../ui/Button/Button.tsx';
import { Code } from '../../ui/Code/Code.tsx';
import { DataTable } from '../../ui/DataTable/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState/EmptyState.tsx';
import { Filters, SearchFilter, SelectFilter } from '../../ui/Filters/Filters.tsx';
import { TimeFilter } from '../../ui/Filters/TimeFilter.tsx';
import { Page } from '../../ui/Page/Page.tsx';
import { Problem } from '../../ui/Problem/Problem.tsx';
import { eventColumns } from './event-columns.tsx';
import { EVENT_FILTERS, type EventMany, type EventOne } from './event-filters.ts';

const STATUSES = [
  ['routed', 'routed'],
  ['unmatched', 'unmatched'],
  ['quarantined', 'quarantined'],
] as const;

export function EventList() {
  const { filters, setFilter, setFilters, clear, isFiltered } = useUrlFilters<EventMany, EventOne>(
    EVENT_FILTERS,
  );
  const list = useListEventsInfiniteQuery(filters);
  const { data: sources = [] } = useListSourcesQuery(undefined);
  const sourceName = useSourceName();
  const rows = useMemo(() => flatten(list.currentData), [list.currentData]);
  const columns = useMemo(() => eventColumns(sourceName), [sourceName]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const search = useCallback((text: string) => setFilter('q', text), [setFilter]);
  const setType = useCallback((text: string) => setFilter('type', text.trim()), [setFilter]);
  const setSubject = useCallback((text: string) => setFilter('subject', text.trim()), [setFilter]);
  return (
    <Page title="Events" fill>
      <Filters isFiltered={isFiltered} onClear={clear}>
        <SearchFilter
          label="Search events"
          placeholder="Search events"
          value={filters.q ?? ''}
          onChange={search}
          hotkey
        />
        <SearchFilter
          label="Event type"
          placeholder="Event type"
          value={filters.type?.[0] ?? ''}
          onChange={setType}
          isNarrow
        />
        <SearchFilter
          label="Subject"
          placeholder="Subject"
          value={filters.subject?.[0] ?? ''}
          onChange={setSubject}
          isNarrow
        />
        <SelectFilter
          label="Source"
          value={filters.sourceId?.[0] ?? ''}
          options={sources.map((source) => [source.id, source.name])}
          onChange={(value) => setFilter('sourceId', value)}
        />
        <SelectFilter
          label="Status"
          value={filters.status?.[0] ?? ''}
          options={STATUSES}
          onChange={(value) => setFilter('status', value)}
        />
        <TimeFilter
          label="Received"
          after={filters.receivedAfter}
          before={filters.receivedBefore}
          onChange={({ after, before }) => {
            setFilters({ receivedAfter: after, receivedBefore: before });
          }}
        />
      </Filters>
      {list.error !== undefined && <Problem problem={asProblem(list.error)} />}
      <DataTable
        label="Events"
        rows={rows}
        rowKey={(event) => event.id}
        rowLink={(event) => paths.event(event.id)}
        columns={columns}
        isLoading={list.currentData === undefined && list.error === undefined}
        onMore={more}
        isLive
        empty={<NoEvents isFiltered={isFiltered} hasSource={sources.length > 0} />}
      />
    </Page>
  );
}

function NoEvents({ isFiltered, hasSource }: { isFiltered: boolean; hasSource: boolean }) {
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
        action={
          <ButtonLink look="primary" to={paths.newSource}>
            Make a source
          </ButtonLink>
        }
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
