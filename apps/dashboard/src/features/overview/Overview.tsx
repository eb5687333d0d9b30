import { useGetSummaryQuery } from '../../api/metrics.ts';
import { asProblem } from '../../api/problem.ts';
import { useUrlFilters } from '../../lib/url-filters.ts';
import { Columns } from '../../ui/Columns/Columns.tsx';
import { Page } from '../../ui/Page/Page.tsx';
import { Problem } from '../../ui/Problem/Problem.tsx';
import { Segments } from '../../ui/Segments/Segments.tsx';
import { Charts } from './Charts.tsx';
import { Conservation } from './Conservation.tsx';
import { Figures } from './Figures.tsx';
import { FirstSteps } from './FirstSteps.tsx';
import { OpenAlertsCard } from './OpenAlertsCard.tsx';
import { findRange, RANGES } from './ranges.ts';
import { TargetsHealth } from './TargetsHealth.tsx';

const IN_URL = { many: [], one: ['range'] } as const;
const REFRESH_MS = 5000;

export function Overview() {
  const { filters, setFilter } = useUrlFilters<never, 'range'>(IN_URL);
  const range = findRange(filters.range);
  const { currentData: summary, error } = useGetSummaryQuery(range.seconds, {
    pollingInterval: REFRESH_MS,
    skipPollingIfUnfocused: true,
  });
  return (
    <Page
      title="Overview"
      actions={
        <Segments
          label="Range"
          value={range.key}
          options={RANGES.map(({ key, words }) => [key, words])}
          onChange={(key) => {
            setFilter('range', key);
          }}
        />
      }
    >
      {error !== undefined && <Problem problem={asProblem(error)} />}
      <FirstSteps />
      <OpenAlertsCard />
      <Figures summary={summary} range={range} />
      <Charts range={range} />
      <Columns isStretched>
        <TargetsHealth summary={summary} />
        <Conservation />
      </Columns>
    </Page>
  );
}
