import type { Timeseries } from '@signalbox/api/contract';
import { asProblem } from '../../api/problem.ts';
import { formatRate } from '../../lib/text.ts';
import { formatDuration } from '../../lib/time.ts';
import { Card } from '../../ui/Card/Card.tsx';
import { Chart, type ChartLine } from '../../ui/Chart/Chart.tsx';
import { Columns } from '../../ui/Columns/Columns.tsx';
import { Problem } from '../../ui/Problem/Problem.tsx';
import type { Range } from './ranges.ts';
import { linesOf, timesOf, toRates, withoutBegun } from './series.ts';
import { useSeries } from './use-series.ts';
import styles from './Overview.module.css';

const FLOW = [
  { measure: 'eventsAccepted', label: 'Events accepted', tone: 1 },
  { measure: 'deliveriesSucceeded', label: 'Deliveries succeeded', tone: 2 },
  { measure: 'attemptsFailed', label: 'Attempts failed', tone: 3 },
] as const;
const LATENCY = [
  { measure: 'latencyP50Ms', label: 'p50', tone: 2 },
  { measure: 'latencyP95Ms', label: 'p95', tone: 1 },
  { measure: 'latencyP99Ms', label: 'p99', tone: 3 },
] as const;

/** Flow and latency over the range. */
export function Charts({ range }: { range: Range }) {
  const { currentData, error, fulfilledTimeStamp = 0 } = useSeries(range);
  if (error !== undefined && currentData === undefined) {
    return <Problem problem={asProblem(error)} />;
  }
  const data = currentData && withoutBegun(currentData, fulfilledTimeStamp);
  const perSecond = data && toRates(data, linesOf(data, FLOW), fulfilledTimeStamp);
  const latency = data && linesOf(data, LATENCY);
  return (
    <Columns isStretched>
      <ChartCard
        title="Events and deliveries a second"
        data={data}
        lines={perSecond}
        formatValue={(value) => `${formatRate(value)}/s`}
        emptyHigh={10}
      />
      <ChartCard
        title="Time from acceptance to the target's answer"
        data={data}
        lines={latency}
        formatValue={formatDuration}
        emptyHigh={1000}
      />
    </Columns>
  );
}

function ChartCard(props: {
  title: string;
  data: Timeseries | undefined;
  lines: ChartLine[] | undefined;
  formatValue: (value: number) => string;
  emptyHigh: number;
}) {
  const { title, data, lines, formatValue, emptyHigh } = props;
  return (
    <Card title={title}>
      <div className={styles.chart}>
        {data !== undefined && lines !== undefined && (
          <Chart
            label={title}
            times={timesOf(data)}
            lines={lines}
            formatValue={formatValue}
            emptyHigh={emptyHigh}
            from={Date.parse(data.from) / 1000}
            to={timesOf(data).at(-1) ?? Date.parse(data.to) / 1000}
          />
        )}
      </div>
    </Card>
  );
}
