import type { Backtest as BacktestRequest, BacktestResult } from '@signalbox/api/contract';
import { useState } from 'react';
import { problemOf } from '../../api/problem.ts';
import { useRefusal } from '../../api/roles.ts';
import { useBacktestMutation } from '../../api/subscriptions.ts';
import { formatCount, plural } from '../../lib/text.ts';
import { Button } from '../../ui/Button/Button.tsx';
import { SelectField } from '../../ui/Field/Field.tsx';
import { IconPlay } from '../../ui/icons.ts';
import { Muted } from '../../ui/Muted/Muted.tsx';
import { Problem } from '../../ui/Problem/Problem.tsx';
import { Stack } from '../../ui/Stack/Stack.tsx';
import { BacktestSamples } from './BacktestSamples.tsx';
import { readObject, readTransform, type SubscriptionForm } from './subscription-form.ts';
import styles from './Subscriptions.module.css';

const LIMITS = [
  ['100', 'the last 100 events'],
  ['1000', 'the last 1,000 events'],
  ['10000', 'the last 10,000 events'],
] as const;

/** Runs pattern and transform over stored events and shows what would have been delivered; nothing is sent. */
export function Backtest({ form }: { form: SubscriptionForm }) {
  const [limit, setLimit] = useState<(typeof LIMITS)[number][0]>('1000');
  const [run, { data, error, isLoading, originalArgs }] = useBacktestMutation();
  const role = useRefusal('operator');
  const pattern = readObject(form.pattern);
  const refusal = role ?? ('fault' in pattern ? 'The pattern is not JSON yet.' : null);
  const problem = problemOf(error);
  function request(): BacktestRequest | null {
    if ('fault' in pattern) return null;
    const transform = form.body.trim() === '' ? null : readTransform(form);
    const target = form.targetId === '' ? {} : { targetId: form.targetId };
    return { pattern: pattern.value, transform, ...target, limit: Number(limit) };
  }
  const asked = request();
  const isOld = JSON.stringify(asked) !== JSON.stringify(originalArgs);
  return (
    <Stack label="Backtest">
      <div className={styles.run}>
        <SelectField label="Over" value={limit} options={LIMITS} onChange={setLimit} />
        <Button
          icon={<IconPlay />}
          refusal={refusal}
          isBusy={isLoading}
          onClick={() => {
            if (asked !== null) void run(asked);
          }}
        >
          Run the backtest
        </Button>
      </div>
      {problem !== null && <Problem problem={problem} />}
      {data === undefined && problem === null && (
        <Muted>
          Shows what this subscription would have delivered, in what shape. Nothing is sent.
        </Muted>
      )}
      {data !== undefined && problem === null && (
        <>
          <p role="status">
            {summaryText(data)}
            {isOld && ' Changed since: run it again.'}
          </p>
          <BacktestSamples samples={data.samples} />
        </>
      )}
    </Stack>
  );
}

/** `1,000 events gone through: 40 match, of which 2 fail.` */
function summaryText(result: BacktestResult): string {
  const { scanned, matched, notDelivered, failed, isComplete } = result;
  const parts = [
    ...(failed > 0 ? [`${formatCount(failed)} fail and would be dead letters`] : []),
    ...(notDelivered > 0
      ? [`${formatCount(notDelivered)} are not delivered by the transform`]
      : []),
  ];
  const of = parts.length === 0 ? '' : `; of these ${parts.join(', ')}`;
  const cut = isComplete ? '' : ' Time ran out before all were gone through.';
  const verb = matched === 1 ? 'matches' : 'match';
  return `${plural(scanned, 'event')} gone through: ${formatCount(matched)} ${verb}${of}.${cut}`;
}
