import type { Timeseries } from '@signalbox/api/contract';
import { useGetTimeseriesQuery } from '../../api/metrics.ts';
import { asProblem } from '../../api/problem.ts';
import { formatRate } from '../../lib/text.ts';
import { formatDuration } from '../../lib/time.ts';
import { Card } from '../../ui/Card/Card.tsx';
import { Chart, type ChartLine } from '../../ui/Chart/Chart.tsx';
import { Problem } from '../../ui/Problem/Problem.tsx';
import type { Range } from './ranges.ts';
import { linesOf, timesOf } from './series.ts';
import styles from './Overview.module.css';

const REFRESH_MS = 15_000;
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
  const { currentData, error } = useGetTimeseriesQuery(
    {
      measures: [...FLOW, ...LATENCY].map((line) => line.measure),
      step: range.stepSeconds,
      windowSeconds: range.seconds,
    },
    { pollingInterval: REFRESH_MS, skipPollingIfUnfocused: true },
  );
  if (error !== undefined) return <Problem problem={asProblem(error)} />;
  const perSecond = currentData && linesOf(currentData, FLOW, 1 / currentData.stepSeconds);
  const latency = currentData && linesOf(currentData, LATENCY, 1);
  return (
    <div className={styles.columns}>
      <ChartCard
        title="Flow a second"
        data={currentData}
        lines={perSecond}
        formatValue={(value) => `${formatRate(value)}/s`}
      />
      <ChartCard
        title="Time from acceptance to the target's answer"
        data={currentData}
        lines={latency}
        formatValue={formatDuration}
      />
    </div>
  );
}

function ChartCard(props: {
  title: string;
  data: Timeseries | undefined;
  lines: ChartLine[] | undefined;
  formatValue: (value: number) => string;
}) {
  const { title, data, lines, formatValue } = props;
  return (
    <Card title={title}>
      <div className={styles.chart}>
        {data !== undefined && lines !== undefined && (
          <Chart
            label={title}
            times={timesOf(data)}
            lines={lines}
            formatValue={formatValue}
            from={Date.parse(data.from) / 1000}
            to={Date.parse(data.to) / 1000}
          />
        )}
      </div>
    </Card>
  );
}
