import { useMemo } from 'react';
import { Link, useNavigate } from 'react-router';
import { useSourceName, useTargetName } from '../../api/names.ts';
import type { FlowLine } from '../../lib/flow-lines.ts';
import { paths } from '../../lib/paths.ts';
import { formatRate, formatShare, plural } from '../../lib/text.ts';
import { Card } from '../../ui/Card/Card.tsx';
import { EmptyState } from '../../ui/EmptyState/EmptyState.tsx';
import { FlowMap } from '../../ui/FlowMap/FlowMap.tsx';
import type { MapLine } from '../../ui/FlowMap/map-types.ts';
import { Muted } from '../../ui/Muted/Muted.tsx';
import { Page } from '../../ui/Page/Page.tsx';
import { Problem } from '../../ui/Problem/Problem.tsx';
import { SimpleTable } from '../../ui/SimpleTable/SimpleTable.tsx';
import { SkeletonLines } from '../../ui/Skeleton/Skeleton.tsx';
import { useFlow } from './use-flow.ts';

const BAD_FROM = 0.2;

/** Where a line leads: the events, or the deliveries, that are on it. */
function pathOf({ from, to }: FlowLine): string {
  const [, fromId = ''] = /^\w+ (.*)$/.exec(from) ?? [];
  const [, toId = ''] = /^\w+ (.*)$/.exec(to) ?? [];
  return from.startsWith('source ')
    ? paths.eventsOf({ sourceId: fromId, type: toId })
    : paths.deliveriesOf({ type: fromId, targetId: toId });
}

function toneOf(failedShare: number | null): MapLine['tone'] {
  if (failedShare === null) return 'plain';
  return failedShare >= BAD_FROM ? 'bad' : failedShare > 0 ? 'warn' : 'good';
}

/** Sources, event types and targets, and what flows between them now. */
export function FlowScreen() {
  const { flow, problem } = useFlow();
  const sourceName = useSourceName();
  const targetName = useTargetName();
  const navigate = useNavigate();
  const nameOf = useMemo(
    () => (nodeId: string) => {
      const id = nodeId.slice(nodeId.indexOf(' ') + 1);
      return sourceName(id) ?? targetName(id) ?? id;
    },
    [sourceName, targetName],
  );
  return (
    <Page title="Flow" meta={<Muted isInline>rates of the last 5 minutes</Muted>}>
      {problem !== null && <Problem problem={problem} />}
      {flow === null && problem === null && (
        <Card>
          <SkeletonLines lines={8} label="Reading the flow" />
        </Card>
      )}
      {flow?.lines.length === 0 && (
        <EmptyState title="Nothing flows">
          <p>No event came in during the last minutes. Lines appear here as soon as one does.</p>
        </EmptyState>
      )}
      {flow !== null && flow.lines.length > 0 && (
        <>
          <FlowMap
            label="Map of the flow"
            nodes={flow.nodes.map((node) => ({
              ...node,
              label: nameOf(node.id),
              detail: `${formatRate(node.perSecond)}/s`,
            }))}
            lines={flow.lines.map((line) => ({ ...line, tone: toneOf(line.failedShare) }))}
            onLine={(line) => {
              const found = flow.lines.find(({ from, to }) => from === line.from && to === line.to);
              if (found !== undefined) void navigate(pathOf(found));
            }}
          />
          <Muted>
            The thicker a line, the more flows. A line to a target has the colour of the target:
            green when all attempts on it went well, amber when some failed, red when a fifth or
            more did.
            {flow.typesLeftOut > 0 &&
              ` ${plural(flow.typesLeftOut, 'quieter type')} left out, and counted at the ends only.`}
            {flow.linesLeftOut > 0 && ` ${plural(flow.linesLeftOut, 'quieter line')} not told.`}
          </Muted>
          <Card title="The same as a table" isFlush>
            <SimpleTable
              label="Lines of the flow"
              headers={['From', 'To', 'A second', 'Target failed']}
              endFrom={2}
              rows={flow.lines.map((line) => ({
                key: `${line.from} ${line.to}`,
                cells: [
                  nameOf(line.from),
                  <Link key="to" to={pathOf(line)} title="What is on this line">
                    {nameOf(line.to)}
                  </Link>,
                  formatRate(line.perSecond),
                  line.failedShare === null ? '–' : formatShare(line.failedShare),
                ],
              }))}
            />
          </Card>
        </>
      )}
    </Page>
  );
}
