import type { DeadLetterGroups as Groups } from '@signalbox/api/contract';
import { useState } from 'react';
import { useTargetName } from '../../api/names.ts';
import { asProblem } from '../../api/problem.ts';
import {
  useListDeadLetterGroupsQuery,
  useWorkOnDeadLettersMutation,
  type DeadLetterAction,
} from '../../api/replays.ts';
import { useRefusal } from '../../api/roles.ts';
import { Link } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { formatCount, plural, reasonText } from '../../lib/text.ts';
import { ButtonRow } from '../../ui/ButtonRow/ButtonRow.tsx';
import { Card } from '../../ui/Card/Card.tsx';
import { ConfirmButton } from '../../ui/Dialog/Confirm.tsx';
import { IconRetry, IconTrash } from '../../ui/icons.ts';
import { Problem } from '../../ui/Problem/Problem.tsx';
import { SimpleTable } from '../../ui/SimpleTable/SimpleTable.tsx';
import { Time } from '../../ui/Time/Time.tsx';
import styles from './DeadLetterGroups.module.css';
import { Drain } from './Drain.tsx';

type Group = Groups['data'][number];

const POLL_MS = 2000;
const WORDS = {
  retry: {
    label: 'Retry',
    consequence: 'Each is tried again at once, with a fresh schedule. Repair the target first.',
  },
  discard: {
    label: 'Discard',
    consequence: 'They become cancelled and are not tried again.',
  },
} as const;

/** Dead letters by target and reason; a group can be retried or discarded whole, and is seen to drain. */
export function DeadLetterGroups() {
  const { data: groups = [], error } = useListDeadLetterGroupsQuery(undefined, {
    pollingInterval: POLL_MS,
    skipPollingIfUnfocused: true,
  });
  const [work, working] = useWorkOnDeadLettersMutation();
  const [job, setJob] = useState<{ id: string; name: string } | null>(null);
  const refusal = useRefusal('operator');
  const targetName = useTargetName();
  const nameOf = ({ targetId, reason }: Group) =>
    `${targetName(targetId) ?? targetId}, ${reasonText(reason)}`;

  async function begin(action: DeadLetterAction, group: Group): Promise<void> {
    const { targetId, reason } = group;
    const { data } = await work({ action, filter: { targetId: [targetId], reason: [reason] } });
    if (data !== undefined)
      setJob({ id: data.id, name: `${WORDS[action].label} ${nameOf(group)}` });
  }

  if (groups.length === 0 && job === null && error === undefined) return null;
  return (
    <Card title="By target and reason" isFlush={groups.length > 0 && job === null}>
      {error !== undefined && <Problem problem={asProblem(error)} />}
      {working.error !== undefined && <Problem problem={asProblem(working.error)} />}
      {job !== null && <Drain key={job.id} id={job.id} name={job.name} />}
      {groups.length > 0 && (
        <div className={styles.groups}>
          <SimpleTable
            label="Groups of dead letters"
            headers={['Target', 'Reason', 'Oldest', 'Newest', 'Dead letters', 'Act on all']}
            endFrom={4}
            rows={groups.map((group) => ({
              key: `${group.targetId} ${group.reason}`,
              cells: [
                targetName(group.targetId) ?? group.targetId,
                <Link
                  key="reason"
                  to={paths.deadLettersOf({ targetId: group.targetId, reason: group.reason })}
                >
                  {reasonText(group.reason)}
                </Link>,
                <Time key="oldest" at={group.oldestAt} />,
                <Time key="newest" at={group.newestAt} />,
                formatCount(group.count),
                <ButtonRow key="act" isAtEnd>
                  {(['retry', 'discard'] as const).map((action) => (
                    <ConfirmButton
                      key={action}
                      size="small"
                      look={action === 'retry' ? 'plain' : 'danger'}
                      label={WORDS[action].label}
                      icon={action === 'retry' ? <IconRetry /> : <IconTrash />}
                      refusal={refusal}
                      isBusy={working.isLoading}
                      question={`${WORDS[action].label} ${plural(group.count, 'dead letter')} of ${nameOf(group)}?`}
                      consequence={WORDS[action].consequence}
                      onConfirm={() => void begin(action, group)}
                    />
                  ))}
                </ButtonRow>,
              ],
            }))}
          />
        </div>
      )}
    </Card>
  );
}
