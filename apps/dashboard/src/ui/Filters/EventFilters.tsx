import type { ComponentProps } from 'react';
import { FilterChips } from './FilterChips.tsx';
import { Filters, SearchFilter, SelectFilter } from './Filters.tsx';
import { TimeFilter, type Span } from './TimeFilter.tsx';

const CONTROLS = [
  'q',
  'type',
  'subject',
  'sourceId',
  'status',
  'receivedAfter',
  'receivedBefore',
] as const;
const STATUSES = ['routed', 'unmatched', 'quarantined'] as const;

/** The filters of events, for their list and for what is made of a part of it; the values are in the URL. */
export function EventFilters(props: {
  filters: { q?: string };
  setFilter: (name: 'q', value: string) => void;
  bind: (name: 'type' | 'subject' | 'sourceId' | 'status') => {
    value: string;
    onChange: (value: string) => void;
  };
  bindSpan: (after: 'receivedAfter', before: 'receivedBefore') => Span;
  beside: (controls: typeof CONTROLS) => ComponentProps<typeof FilterChips>['values'];
  clear: () => void;
  isFiltered: boolean;
  sources: readonly { id: string; name: string }[];
  hotkey?: boolean;
}) {
  const { filters, setFilter, bindSpan, bind, beside, clear, isFiltered, sources } = props;
  const { hotkey = false } = props;
  const nameOf = (id: string) => sources.find((source) => source.id === id)?.name;
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
      <TimeFilter label="Received" {...bindSpan('receivedAfter', 'receivedBefore')} />
      <FilterChips values={beside(CONTROLS)} names={{ source: nameOf }} />
    </Filters>
  );
}
