import type { ReplayPreviewRequest } from '@signalbox/api/contract';
import { useTargetName } from '../../api/names.ts';
import { asProblem } from '../../api/problem.ts';
import { usePreviewReplayQuery } from '../../api/replays.ts';
import { formatCount, plural } from '../../lib/text.ts';
import { Card } from '../../ui/Card/Card.tsx';
import { Muted } from '../../ui/Muted/Muted.tsx';
import { Problem } from '../../ui/Problem/Problem.tsx';
import { SimpleTable } from '../../ui/SimpleTable/SimpleTable.tsx';
import { SkeletonLines } from '../../ui/Skeleton/Skeleton.tsx';
import { Stack } from '../../ui/Stack/Stack.tsx';

/** Counts what a replay would deliver; null: something is left to choose. */
export function DryRun({ task }: { task: ReplayPreviewRequest | null }) {
  const { currentData, error } = usePreviewReplayQuery(task ?? NONE, {
    skip: task === null,
    refetchOnMountOrArgChange: true,
  });
  const targetName = useTargetName();
  return (
    <Card title="What it would deliver">
      <Stack>
        {task === null && <Muted>Choose where the events go.</Muted>}
        {task !== null && error !== undefined && <Problem problem={asProblem(error)} />}
        {task !== null && currentData === undefined && error === undefined && (
          <SkeletonLines lines={2} label="Counting" />
        )}
        {task !== null && currentData !== undefined && (
          <>
            <p role="status">
              {currentData.isComplete ? '' : 'At least '}
              {plural(currentData.events, 'event')},{' '}
              {plural(currentData.deliveries, 'delivery', 'deliveries')}
            </p>
            {currentData.targets.length > 0 && (
              <SimpleTable
                label="Deliveries by target"
                headers={['Target', 'Deliveries']}
                endFrom={1}
                rows={currentData.targets.map(({ targetId, deliveries }) => ({
                  key: targetId,
                  cells: [targetName(targetId) ?? targetId, formatCount(deliveries)],
                }))}
              />
            )}
          </>
        )}
      </Stack>
    </Card>
  );
}

const NONE: ReplayPreviewRequest = { filter: {}, destination: { kind: 'original' } };
