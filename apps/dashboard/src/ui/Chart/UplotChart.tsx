import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useMedia } from '../../lib/use-media.ts';

export interface ChartLine {
  label: string;
  tone: 1 | 2 | 3;
  values: readonly (number | null)[];
}
export interface ChartProps {
  /** What the chart says, for those who cannot see it. */
  label: string;
  /** Seconds since 1970, one for each value. */
  times: readonly number[];
  lines: readonly ChartLine[];
  formatValue: (value: number) => string;
  /** How high the chart reaches while there is nothing in it. */
  emptyHigh: number;
  /** Moments to show, seconds since 1970, even where nothing was measured. */
  from: number;
  to: number;
  /** Which of `times` the pointer is at; null when it left. */
  onPoint: (index: number | null) => void;
}

function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** A colour of the theme that holds now: the token itself may still say light-dark(), which a canvas cannot read. */
function colourIn(box: HTMLElement, name: string): string {
  box.style.color = `var(${name})`;
  const { color } = getComputedStyle(box);
  box.style.color = '';
  return color;
}

/** A value without neighbours would be no line at all: it is drawn as a point. */
function lonePoints(plot: uPlot, series: number): number[] {
  const values = plot.data[series] ?? [];
  return [...values.keys()].filter(
    (index) => values[index] != null && values[index - 1] == null && values[index + 1] == null,
  );
}

function optionsOf(props: ChartProps, box: HTMLElement): uPlot.Options {
  const axis = {
    stroke: colourIn(box, '--text-muted'),
    font: `11px ${token('--font-text')}`,
    ticks: { show: false },
    grid: { stroke: colourIn(box, '--chart-grid'), width: 1 },
  };
  return {
    width: box.clientWidth,
    height: box.clientHeight,
    legend: { show: false },
    // At the right, half of a label that stands at the very end.
    padding: [8, 20, 0, 0],
    cursor: { y: false, points: { size: 7 }, drag: { x: false, y: false } },
    hooks: { setCursor: [(plot) => props.onPoint(plot.cursor.idx ?? null)] },
    scales: {
      x: { range: () => [props.from, props.to] },
      y: { range: (_plot, _low, high) => [0, high > 0 ? high * 1.1 : props.emptyHigh] },
    },
    axes: [
      {
        ...axis,
        space: 80,
        size: 26,
        values: (_plot, times) => times.map((time) => timeLabel(time, props)),
      },
      { ...axis, size: 56, space: 44, values: (_plot, values) => values.map(props.formatValue) },
    ],
    series: [
      {},
      ...props.lines.map((line) => ({
        label: line.label,
        stroke: colourIn(box, `--chart-${String(line.tone)}`),
        width: 1.5,
        points: { show: true, size: 5, filter: lonePoints },
      })),
    ],
  };
}

const LONG_SPAN_SECONDS = 2 * 86_400;
const dayLabel = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const hourLabel = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
});

function timeLabel(seconds: number, { from, to }: ChartProps): string {
  return (to - from > LONG_SPAN_SECONDS ? dayLabel : hourLabel).format(seconds * 1000);
}

/** The chart itself. Lines are redrawn in place; a change of theme or of the set of lines builds it anew. */
export function UplotChart(props: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const isDark = useMedia('(prefers-color-scheme: dark)');
  const latest = useRef(props);
  const shape = props.lines.map((line) => line.label).join('\n');

  useEffect(() => {
    latest.current = props;
    const data = [props.times, ...props.lines.map((line) => line.values)] as uPlot.AlignedData;
    plot.current?.setData(data);
  });
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const build = () => {
      plot.current?.destroy();
      const current = latest.current;
      const data = [current.times, ...current.lines.map((line) => line.values)];
      plot.current = new uPlot(
        // Read through `latest` when drawing, so that a moved window needs no new chart.
        optionsOf(
          {
            ...current,
            get from() {
              return latest.current.from;
            },
            get to() {
              return latest.current.to;
            },
          },
          element,
        ),
        data as uPlot.AlignedData,
        element,
      );
    };
    // Several charts come into sight together: each is built in a task of its own.
    const building = setTimeout(build);
    const resized = new ResizeObserver(() => {
      plot.current?.setSize({ width: element.clientWidth, height: element.clientHeight });
    });
    const themed = new MutationObserver(build);
    resized.observe(element);
    themed.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => {
      clearTimeout(building);
      resized.disconnect();
      themed.disconnect();
      plot.current?.destroy();
      plot.current = null;
    };
  }, [shape, isDark]);
  return <div ref={box} style={{ height: '100%' }} />;
}
