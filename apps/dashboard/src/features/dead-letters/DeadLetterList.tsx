import { useMemo, useState } from 'react';
import { useListDeadLettersInfiniteQuery } from '../../api/deliveries.ts';
import { useExport } from '../../api/export-list.ts';
import { useTargetName } from '../../api/names.ts';
import { useListTargetsQuery } from '../../api/targets.ts';
import { useRows } from '../../api/use-rows.ts';
import { paths } from '../../lib/paths.ts';
import { useUrlFilters } from '../../lib/url-filters.ts';
import { EmptyState } from '../../ui/EmptyState/EmptyState.tsx';
import { FilterChips } from '../../ui/Filters/FilterChips.tsx';
import { Filters, SearchFilter, SelectFilter } from '../../ui/Filters/Filters.tsx';
import { TimeFilter } from '../../ui/Filters/TimeFilter.tsx';
import { ListScreen } from '../../ui/ListScreen/ListScreen.tsx';
import { Problem } from '../../ui/Problem/Problem.tsx';
import { DeadLetterGroups } from './DeadLetterGroups.tsx';
import { deadLetterColumns, type RetryFailure } from './dead-letter-columns.tsx';

const IN_URL = {
  many: ['targetId', 'reason', 'type'],
  one: ['createdAfter', 'createdBefore'],
} as const;
const CONTROLS = [...IN_URL.many, ...IN_URL.one] as const;

export function DeadLetterList() {
  const { filters, bind, bindSpan, beside, clear, isFiltered } = useUrlFilters<
    (typeof IN_URL.many)[number],
    (typeof IN_URL.one)[number]
  >(IN_URL);
  const list = useListDeadLettersInfiniteQuery(filters);
  const { data: targets = [] } = useListTargetsQuery(undefined);
  const targetName = useTargetName();
  const [failure, setFailure] = useState<RetryFailure | null>(null);
  const columns = useMemo(() => deadLetterColumns(targetName, setFailure), [targetName]);
  return (
    <ListScreen
      title="Dead letters"
      exported={useExport('/v1/dead-letters', filters)}
      above={
        <>
          {!isFiltered && <DeadLetterGroups />}
          <Filters isFiltered={isFiltered} onClear={clear}>
            <SearchFilter label="Event type" placeholder="Event type" {...bind('type')} hotkey />
            <SearchFilter label="Reason" placeholder="Reason" {...bind('reason')} isNarrow />
            <SelectFilter
              label="Target"
              {...bind('targetId')}
              options={targets.map((target) => [target.id, target.name])}
            />
            <TimeFilter label="Created" {...bindSpan('createdAfter', 'createdBefore')} />
            <FilterChips values={beside(CONTROLS)} names={{ target: targetName }} />
          </Filters>
          {failure !== null && (
            <Problem problem={failure.problem}>
              <p>
                {failure.row.eventType} to{' '}
                {targetName(failure.row.targetId) ?? failure.row.targetId} was not retried.
              </p>
            </Problem>
          )}
        </>
      }
      {...useRows(list)}
      rowKey={(delivery) => delivery.id}
      rowLink={(delivery) => paths.eventDelivery(delivery.eventId, delivery.id)}
      columns={columns}
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
  );
}
