import type { Replay } from '@signalbox/api/contract';
import { DELIVERY_STATES, OPEN_STATES } from '@signalbox/api/delivery-states';
import { Link, useParams } from 'react-router';
import { useSourceName, useSubscriptionName, useTargetName, useUserName } from '../../api/names.ts';
import { asProblem } from '../../api/problem.ts';
import { useGetReplayQuery } from '../../api/replays.ts';
import { filterFacts } from '../../lib/filter-words.ts';
import { paths } from '../../lib/paths.ts';
import { formatCount, formatRate } from '../../lib/text.ts';
import { DeliveryBadge, JobBadge } from '../../ui/Badge/StateBadge.tsx';
import { ButtonLink } from '../../ui/Button/Button.tsx';
import { Card } from '../../ui/Card/Card.tsx';
import { Id } from '../../ui/Code/Id.tsx';
import { Columns } from '../../ui/Columns/Columns.tsx';
import { Facts } from '../../ui/Facts/Facts.tsx';
import { JobProgress } from '../../ui/JobProgress/JobProgress.tsx';
import { Muted } from '../../ui/Muted/Muted.tsx';
import { Page } from '../../ui/Page/Page.tsx';
import { Problem } from '../../ui/Problem/Problem.tsx';
import { SimpleTable } from '../../ui/SimpleTable/SimpleTable.tsx';
import { SkeletonLines } from '../../ui/Skeleton/Skeleton.tsx';
import { Stack } from '../../ui/Stack/Stack.tsx';
import { Time } from '../../ui/Time/Time.tsx';
import { ReplayButtons } from './ReplayButtons.tsx';
import { useReplayName } from './use-replay-name.ts';

const PARENT = { to: paths.replays, label: 'Replays' };
const POLL_MS = 1500;

/** One replay: how far it is, what became of its deliveries, and its buttons. */
export function ReplayPage() {
  const { id = '' } = useParams();
  const { currentData: replay, error } = useGetReplayQuery(id, {
    pollingInterval: POLL_MS,
    skipPollingIfUnfocused: true,
    refetchOnMountOrArgChange: true,
  });
  const nameOf = useReplayName();
  const name = replay === undefined ? 'Replay' : nameOf(replay);
  return (
    <Page
      title={name}
      parent={PARENT}
      meta={
        replay !== undefined && (
          <>
            <JobBadge state={replay.state} />
            <Id id={replay.id} />
          </>
        )
      }
      actions={
        replay !== undefined && (
          <>
            {replay.kind === 'replay' && (
              <ButtonLink to={paths.deliveriesOf({ replayId: id })}>Its deliveries</ButtonLink>
            )}
            <ReplayButtons replay={replay} name={name} />
          </>
        )
      }
    >
      {error !== undefined && <Problem problem={asProblem(error)} />}
      {replay === undefined && error === undefined && (
        <Card>
          <SkeletonLines lines={6} label="Reading the replay" />
        </Card>
      )}
      {replay !== undefined && (
        <Columns>
          <Stack>
            <Card title="Progress">
              <JobProgress job={replay} label={`Progress of ${name}`} />
            </Card>
            {replay.deliveries !== null && (
              <Outcomes id={replay.id} deliveries={replay.deliveries} />
            )}
          </Stack>
          <Card title="What was asked for">
            <AskedFor replay={replay} />
          </Card>
        </Columns>
      )}
    </Page>
  );
}

function AskedFor({ replay }: { replay: Replay }) {
  const names = {
    target: useTargetName(),
    subscription: useSubscriptionName(),
    source: useSourceName(),
  };
  const userName = useUserName();
  const rate = replay.ratePerSecond;
  return (
    <Facts
      facts={[
        ...filterFacts(replay.filter, names),
        ['Rate', rate === null ? 'No limit' : `${formatRate(rate)} a second`],
        [replay.kind === 'replay' ? 'Deliveries made' : 'Acted on', formatCount(replay.made)],
        ['Began', <Time key="began" at={replay.createdAt} />],
        ['By', userName(replay.createdBy) ?? replay.createdBy],
        ['Ended', replay.finishedAt === null ? null : <Time key="ended" at={replay.finishedAt} />],
      ]}
    />
  );
}

function Outcomes({
  id,
  deliveries,
}: {
  id: string;
  deliveries: NonNullable<Replay['deliveries']>;
}) {
  const isOpen = OPEN_STATES.some((state) => deliveries[state] > 0);
  return (
    <Card title="What became of its deliveries">
      <Stack>
        <SimpleTable
          label="Deliveries by state"
          headers={['State', 'Deliveries']}
          endFrom={1}
          rows={DELIVERY_STATES.map((state) => ({
            key: state,
            cells: [
              <DeliveryBadge key="state" state={state} />,
              <Link key="count" to={paths.deliveriesOf({ replayId: id, state })}>
                {formatCount(deliveries[state])}
              </Link>,
            ],
          }))}
        />
        {isOpen && <Muted>Some are still on their way.</Muted>}
      </Stack>
    </Card>
  );
}
