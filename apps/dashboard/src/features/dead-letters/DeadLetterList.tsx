import { useCallback, useMemo } from 'react';
import { useListDeadLettersInfiniteQuery } from '../../api/deliveries.ts';
import { useTargetName } from '../../api/names.ts';
import { flatten } from '../../api/pages.ts';
import { asProblem } from '../../api/problem.ts';
import { useListTargetsQuery } from '../../api/targets.ts';
import { paths } from '../../lib/paths.ts';
import { useUrlFilters } from '../../lib/url-filters.ts';
import { DataTable } from '../../ui/DataTable/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState/EmptyState.tsx';
import { Filters, SearchFilter, SelectFilter } from '../../ui/Filters/Filters.tsx';
import { TimeFilter } from '../../ui/Filters/TimeFilter.tsx';
import { Page } from '../../ui/Page/Page.tsx';
import { Problem } from '../../ui/Problem/Problem.tsx';
import { deadLetterColumns } from './dead-letter-columns.tsx';

const IN_URL = {
  many: ['targetId', 'reason', 'type'],
  one: ['createdAfter', 'createdBefore'],
} as const;

export function DeadLetterList() {
  const { filters, setFilter, setFilters, clear, isFiltered } = useUrlFilters<
    (typeof IN_URL.many)[number],
    (typeof IN_URL.one)[number]
  >(IN_URL);
  const list = useListDeadLettersInfiniteQuery(filters);
  const { data: targets = [] } = useListTargetsQuery(undefined);
  const targetName = useTargetName();
  const rows = useMemo(() => flatten(list.currentData), [list.currentData]);
  const columns = useMemo(() => deadLetterColumns(targetName), [targetName]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const setType = useCallback((text: string) => setFilter('type', text.trim()), [setFilter]);
  const setReason = useCallback((text: string) => setFilter('reason', text.trim()), [setFilter]);
  return (
    <Page title="Dead letters" fill>
      <Filters isFiltered={isFiltered} onClear={clear}>
        <SearchFilter
          label="Event type"
          placeholder="Event type"
          value={filters.type?.[0] ?? ''}
          onChange={setType}
          hotkey
        />
        <SearchFilter
          label="Reason"
          placeholder="Reason"
          value={filters.reason?.[0] ?? ''}
          onChange={setReason}
          isNarrow
        />
        <SelectFilter
          label="Target"
          value={filters.targetId?.[0] ?? ''}
          options={targets.map((target) => [target.id, target.name])}
          onChange={(value) => setFilter('targetId', value)}
        />
        <TimeFilter
          label="Created"
          after={filters.createdAfter}
          before={filters.createdBefore}
          onChange={({ after, before }) => {
            setFilters({ createdAfter: after, createdBefore: before });
          }}
        />
      </Filters>
      {list.error !== undefined && <Problem problem={asProblem(list.error)} />}
      <DataTable
        label="Dead letters"
        rows={rows}
        rowKey={(delivery) => delivery.id}
        rowLink={(delivery) => paths.eventDelivery(delivery.eventId, delivery.id)}
        columns={columns}
        isLoading={list.currentData === undefined && list.error === undefined}
        onMore={more}
        isLive
        empty={
          <EmptyState title={isFiltered ? 'No dead letter fits these filters' : 'No dead letters'}>
            <p>
              A delivery that ends without success is kept here with its reason, so that it can be
              repaired and retried.
            </p>
          </EmptyState>
        }
      />
    </Page>
  );
}
