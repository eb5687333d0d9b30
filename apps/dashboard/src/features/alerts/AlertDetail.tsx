import type { Alert } from '@signalbox/api/contract';
import { Link } from 'react-router';
import { useAcknowledgeAlertMutation } from '../../api/alerts.ts';
import { useSourceName, useTargetName, useUserName } from '../../api/names.ts';
import { problemOf } from '../../api/problem.ts';
import { useRefusal } from '../../api/roles.ts';
import { paths } from '../../lib/paths.ts';
import { exactTime } from '../../lib/time.ts';
import { SeverityBadge } from '../../ui/Badge/StateBadge.tsx';
import { Button } from '../../ui/Button/Button.tsx';
import { ButtonRow } from '../../ui/ButtonRow/ButtonRow.tsx';
import { Facts } from '../../ui/Facts/Facts.tsx';
import { Problem } from '../../ui/Problem/Problem.tsx';

const timeOf = (at: string | null) => (at === null ? null : exactTime(Date.parse(at)));

/** One alert: what it is about, since when, and who looks after it. */
export function AlertDetail({ alert, onClose }: { alert: Alert; onClose: () => void }) {
  const [acknowledge, { isLoading, error }] = useAcknowledgeAlertMutation();
  const targetName = useTargetName();
  const sourceName = useSourceName();
  const userName = useUserName();
  const role = useRefusal('operator');
  const problem = problemOf(error);
  const { targetId, sourceId, ruleId, acknowledgedBy } = alert;
  const refusal =
    role ??
    (alert.state === 'resolved'
      ? 'It is over.'
      : alert.acknowledgedAt === null
        ? null
        : 'Somebody has seen it already.');
  return (
    <>
      <p>{alert.detail}</p>
      <Facts
        facts={[
          ['Severity', <SeverityBadge key="severity" severity={alert.severity} />],
          [
            'Target',
            targetId === null ? null : (
              <Link key="target" to={paths.target(targetId)}>
                {targetName(targetId) ?? targetId}
              </Link>
            ),
          ],
          [
            'Source',
            sourceId === null ? null : (
              <Link key="source" to={paths.source(sourceId)}>
                {sourceName(sourceId) ?? sourceId}
              </Link>
            ),
          ],
          [
            'Rule',
            ruleId === null ? null : (
              <Link key="rule" to={paths.alertRule(ruleId)}>
                its rule
              </Link>
            ),
          ],
          ['Raised', timeOf(alert.raisedAt)],
          [
            'Seen by',
            acknowledgedBy === null ? null : (userName(acknowledgedBy) ?? acknowledgedBy),
          ],
          ['Resolved', timeOf(alert.resolvedAt)],
        ]}
      />
      {problem !== null && <Problem problem={problem} />}
      <ButtonRow>
        <Button
          look="primary"
          refusal={refusal}
          isBusy={isLoading}
          onClick={() => void acknowledge(alert.id)}
        >
          I look after it
        </Button>
        <Button onClick={onClose}>Close</Button>
      </ButtonRow>
    </>
  );
}
