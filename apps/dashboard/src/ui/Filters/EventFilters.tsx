import { Filters, SearchFilter, SelectFilter } from './Filters.tsx';
import { TimeFilter } from './TimeFilter.tsx';

const STATUSES = ['routed', 'unmatched', 'quarantined'] as const;

interface Values {
  q?: string;
  receivedAfter?: string;
  receivedBefore?: string;
}

/** The filters of events, for their list and for what is made of a part of it; the values are in the URL. */
export function EventFilters(props: {
  filters: Values;
  setFilter: (name: 'q', value: string) => void;
  bind: (name: 'type' | 'subject' | 'sourceId' | 'status') => {
    value: string;
    onChange: (value: string) => void;
  };
  setFilters: (span: { receivedAfter: string; receivedBefore: string }) => void;
  clear: () => void;
  isFiltered: boolean;
  sources: readonly { id: string; name: string }[];
  hotkey?: boolean;
}) {
  const {
    filters,
    setFilter,
    setFilters,
    bind,
    clear,
    isFiltered,
    sources,
    hotkey = false,
  } = props;
  return (
    <Filters isFiltered={isFiltered} onClear={clear}>
      <SearchFilter
        label="Search events"
        placeholder="Search events"
        value={filters.q ?? ''}
        onChange={(text) => setFilter('q', text)}
        hotkey={hotkey}
      />
      <SearchFilter label="Event type" placeholder="Event type" {...bind('type')} isNarrow />
      <SearchFilter label="Subject" placeholder="Subject" {...bind('subject')} isNarrow />
      <SelectFilter
        label="Source"
        {...bind('sourceId')}
        options={sources.map((source) => [source.id, source.name])}
      />
      <SelectFilter
        label="Status"
        {...bind('status')}
        options={STATUSES.map((status) => [status, status])}
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
  );
}
