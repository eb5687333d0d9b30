import { DELIVERY_STATES, OPEN_STATES } from '@signalbox/api/delivery-states';
import { useMemo } from 'react';
import { useListDeliveriesInfiniteQuery } from '../../api/deliveries.ts';
import { useExport } from '../../api/export-list.ts';
import { useSubscriptionName, useTargetName } from '../../api/names.ts';
import { useRefusal } from '../../api/roles.ts';
import { useListTargetsQuery } from '../../api/targets.ts';
import { useRows } from '../../api/use-rows.ts';
import { useWorkOnDeliveries } from '../../api/work-on-deliveries.ts';
import { filterText } from '../../lib/filter-words.ts';
import { paths } from '../../lib/paths.ts';
import { reasonText } from '../../lib/text.ts';
import { useUrlFilters } from '../../lib/url-filters.ts';
import { NewButton } from '../../ui/Button/NewButton.tsx';
import { EmptyState } from '../../ui/EmptyState/EmptyState.tsx';
import { FilterChips } from '../../ui/Filters/FilterChips.tsx';
import { Filters, SearchFilter, SelectFilter } from '../../ui/Filters/Filters.tsx';
import { TimeFilter } from '../../ui/Filters/TimeFilter.tsx';
import { ListScreen } from '../../ui/ListScreen/ListScreen.tsx';
import { Problem } from '../../ui/Problem/Problem.tsx';
import { BulkActions, bulkText } from './BulkActions.tsx';
import { deliveryColumns } from './delivery-columns.tsx';

const IN_URL = {
  many: [
    'state',
    'targetId',
    'subscriptionId',
    'replayId',
    'orderingKey',
    'type',
    'codeClass',
    'errorKind',
  ],
  one: ['createdAfter', 'createdBefore'],
} as const;
const CONTROLS = ['type', 'state', 'targetId', 'codeClass', 'errorKind', ...IN_URL.one] as const;
const STATES = DELIVERY_STATES;
const CODES = ['2xx', '3xx', '4xx', '5xx'] as const;
const ERRORS = ['timeout', 'connection_refused', 'dns', 'tls', 'transform_failed'] as const;

/** `open` in the URL stands for every state that still wants work. */
const OPEN = 'open';
function toQuery<Filters extends { state?: string[] }>(filters: Filters): Filters {
  if (!filters.state?.includes(OPEN)) return filters;
  const others = filters.state.filter((state) => state !== OPEN);
  return { ...filters, state: [...new Set([...OPEN_STATES, ...others])] };
}

export function DeliveryList() {
  const { filters, bind, bindSpan, beside, clear, isFiltered } = useUrlFilters<
    (typeof IN_URL.many)[number],
    (typeof IN_URL.one)[number]
  >(IN_URL);
  const query = useMemo(() => toQuery(filters), [filters]);
  const list = useListDeliveriesInfiniteQuery(query);
  const { data: targets = [] } = useListTargetsQuery(undefined);
  const targetName = useTargetName();
  const names = { target: targetName, subscription: useSubscriptionName() };
  const columns = useMemo(() => deliveryColumns(targetName), [targetName]);
  const bulk = useWorkOnDeliveries();
  const refusal = useRefusal('admin');
  return (
    <ListScreen
      title="Deliveries"
      actions={
        <BulkActions
          filter={filterText(filters, names)}
          isBusy={bulk.progress?.isRunning === true}
          onAct={(action) => void bulk.run(action, query)}
        />
      }
      exported={useExport('/v1/deliveries', query)}
      above={
        <>
          <Filters isFiltered={isFiltered} onClear={clear}>
            <SearchFilter label="Event type" placeholder="Event type" {...bind('type')} hotkey />
            <SelectFilter
              label="State"
              {...bind('state')}
              options={[[OPEN, 'open'], ...STATES.map((state) => [state, state] as const)]}
            />
            <SelectFilter
              label="Target"
              {...bind('targetId')}
              options={targets.map((target) => [target.id, target.name])}
            />
            <SelectFilter
              label="Code"
              {...bind('codeClass')}
              options={CODES.map((code) => [code, code])}
            />
            <SelectFilter
              label="Error"
              {...bind('errorKind')}
              options={ERRORS.map((kind) => [kind, reasonText(kind)])}
            />
            <TimeFilter label="Created" {...bindSpan('createdAfter', 'createdBefore')} />
            <FilterChips values={beside(CONTROLS)} names={names} />
          </Filters>
          {bulk.progress !== null && <p role="status">{bulkText(bulk.progress)}</p>}
          {bulk.problem !== null && <Problem problem={bulk.problem} />}
        </>
      }
      {...useRows(list)}
      rowKey={(delivery) => delivery.id}
      rowLink={(delivery) => paths.eventDelivery(delivery.eventId, delivery.id)}
      columns={columns}
      isLive
      empty={
        isFiltered ? (
          <EmptyState title="No delivery fits these filters">
            <p>New deliveries that fit will appear here by themselves.</p>
          </EmptyState>
        ) : (
          <EmptyState
            title="No deliveries yet"
            action={
              <NewButton
                to={paths.newSubscription}
                label="Make a subscription"
                look="plain"
                refusal={refusal}
              />
            }
          >
            <p>
              A delivery is made for each event that a subscription matches. Subscriptions say which
              events go to which target.
            </p>
          </EmptyState>
        )
      }
    />
  );
}
