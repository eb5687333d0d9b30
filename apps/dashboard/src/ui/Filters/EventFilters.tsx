import { Filters, SearchFilter, SelectFilter } from './Filters.tsx';
import { TimeFilter } from './TimeFilter.tsx';

const STATUSES = ['routed', 'unmatched', 'quarantined'] as const;

interface Values {
  q?: string;
  type?: string[];
  subject?: string[];
  sourceId?: string[];
  status?: string[];
  receivedAfter?: string;
  receivedBefore?: string;
}
type OneByOne = 'q' | 'type' | 'subject' | 'sourceId' | 'status';

/** The filters of events, for their list and for what is made of a part of it; the values are in the URL. */
export function EventFilters(props: {
  filters: Values;
  setFilter: (name: OneByOne, value: string) => void;
  setFilters: (span: { receivedAfter: string; receivedBefore: string }) => void;
  clear: () => void;
  isFiltered: boolean;
  sources: readonly { id: string; name: string }[];
  hotkey?: boolean;
}) {
  const { filters, setFilter, setFilters, clear, isFiltered, sources, hotkey = false } = props;
  return (
    <Filters isFiltered={isFiltered} onClear={clear}>
      <SearchFilter
        label="Search events"
        placeholder="Search events"
        value={filters.q ?? ''}
        onChange={(text) => setFilter('q', text)}
        hotkey={hotkey}
      />
      <SearchFilter
        label="Event type"
        placeholder="Event type"
        value={filters.type?.[0] ?? ''}
        onChange={(text) => setFilter('type', text.trim())}
        isNarrow
      />
      <SearchFilter
        label="Subject"
        placeholder="Subject"
        value={filters.subject?.[0] ?? ''}
        onChange={(text) => setFilter('subject', text.trim())}
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
        options={STATUSES.map((status) => [status, status])}
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
  );
}
