import { useGetReadyQuery } from '../../api/operation.ts';
import { problemOf } from '../../api/problem.ts';
import { Badge, type Tone } from '../../ui/Badge/Badge.tsx';
import { Card } from '../../ui/Card/Card.tsx';
import { IconAlert, IconCheck } from '../../ui/icons.ts';
import { Problem } from '../../ui/Problem/Problem.tsx';
import { SimpleTable } from '../../ui/SimpleTable/SimpleTable.tsx';
import { SkeletonLines } from '../../ui/Skeleton/Skeleton.tsx';

const POLL_MS = 5000;
const TONES: Readonly<Record<'ok' | 'warning' | 'failed', Tone>> = {
  ok: 'good',
  warning: 'warn',
  failed: 'bad',
};

/** `rateLimits` as people write it. */
const wordsOf = (name: string) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** The version that runs, and how the process that answered is doing. */
export function GatewayHealth() {
  const { data, error } = useGetReadyQuery(undefined, {
    pollingInterval: POLL_MS,
    skipPollingIfUnfocused: true,
  });
  const problem = problemOf(error);
  return (
    <Card
      title="Gateway"
      isFlush
      actions={
        data !== undefined && (
          <>
            <span>version {data.version}</span>
            <Badge
              tone={data.status === 'ready' ? 'good' : 'bad'}
              icon={data.status === 'ready' ? <IconCheck /> : <IconAlert />}
            >
              {data.status === 'ready' ? 'Ready' : 'Not ready'}
            </Badge>
          </>
        )
      }
    >
      {problem !== null && <Problem problem={problem} />}
      {data === undefined && problem === null && (
        <SkeletonLines lines={4} label="Asking the gateway" />
      )}
      {data !== undefined && (
        <SimpleTable
          label="Health of the gateway"
          headers={['Part', 'State', 'Detail']}
          rows={Object.entries(data.checks).map(([name, check]) => ({
            key: name,
            cells: [
              wordsOf(name),
              <Badge key="state" tone={TONES[check.status]}>
                {check.status}
              </Badge>,
              check.detail,
            ],
          }))}
        />
      )}
    </Card>
  );
}
