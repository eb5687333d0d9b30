import type { TargetWithSecret } from '@signalbox/api/contract';
import { useState } from 'react';
import { problemOf, type ApiProblem } from '../../api/problem.ts';
import { useCreateSubscriptionMutation } from '../../api/subscriptions.ts';
import { useCreateTargetMutation } from '../../api/targets.ts';
import { useNewForm } from '../../api/use-new-form.ts';
import { paths } from '../../lib/paths.ts';
import { ButtonLink } from '../../ui/Button/Button.tsx';
import { ButtonRow } from '../../ui/ButtonRow/ButtonRow.tsx';
import { Card } from '../../ui/Card/Card.tsx';
import { SelectField } from '../../ui/Field/Field.tsx';
import { FormPage } from '../../ui/Form/FormPage.tsx';
import { Page } from '../../ui/Page/Page.tsx';
import { Problem } from '../../ui/Problem/Problem.tsx';
import { Stack } from '../../ui/Stack/Stack.tsx';
import { SecretShownOnce } from './SecretShownOnce.tsx';
import { EMPTY_TARGET, formToTarget } from './target-form.ts';
import { TargetFields } from './TargetFields.tsx';
import { TestDelivery } from './TestDelivery.tsx';

const PARENT = { to: paths.targets, label: 'Targets' };
const EVERY_EVENT = { type: [{ prefix: '' }] };
const WANTED = [
  ['all', 'All events, until I say otherwise'],
  ['none', 'None yet; I will make a subscription'],
] as const;
interface Made {
  target: TargetWithSecret;
  subscriptionProblem: ApiProblem | null;
}

/** Makes a target, and where wanted a subscription of all events to it. */
export function NewTarget() {
  const [wanted, setWanted] = useState<'all' | 'none'>('all');
  const [made, setMade] = useState<Made | null>(null);
  const [subscribe, subscribing] = useCreateSubscriptionMutation();
  const { fields, frame } = useNewForm(
    EMPTY_TARGET,
    formToTarget,
    useCreateTargetMutation(),
    async (target) => {
      let fault: unknown;
      if (wanted === 'all') {
        const name = `all events to ${target.name}`.slice(0, 100);
        fault = (await subscribe({ name, targetId: target.id, pattern: EVERY_EVENT })).error;
      }
      setMade({ target, subscriptionProblem: problemOf(fault) });
    },
  );

  if (made !== null) return <TargetMade made={made} isSubscribed={wanted === 'all'} />;
  return (
    <FormPage
      title="New target"
      parent={PARENT}
      submitLabel="Create target"
      {...frame}
      isBusy={frame.isBusy || subscribing.isLoading}
    >
      <TargetFields {...fields} />
      <SelectField
        label="Which events it gets"
        value={wanted}
        options={WANTED}
        onChange={setWanted}
      />
    </FormPage>
  );
}

function TargetMade({ made, isSubscribed }: { made: Made; isSubscribed: boolean }) {
  const { target, subscriptionProblem } = made;
  return (
    <Page title={target.name} parent={PARENT} isNarrow>
      <Card title="The target is ready">
        <Stack gap={3}>
          <SecretShownOnce target={target} />
          {subscriptionProblem !== null && (
            <Problem problem={subscriptionProblem}>
              <p>The target was made, its subscription was not.</p>
            </Problem>
          )}
          {isSubscribed && subscriptionProblem === null && (
            <p>It is subscribed to all events from now on.</p>
          )}
          <TestDelivery targetId={target.id} />
          <ButtonRow>
            {isSubscribed ? (
              <ButtonLink look="primary" to={paths.overview}>
                Go on
              </ButtonLink>
            ) : (
              <ButtonLink look="primary" to={paths.newSubscriptionFor(target.id)}>
                Make a subscription
              </ButtonLink>
            )}
            <ButtonLink look="quiet" to={paths.target(target.id)}>
              Open the target
            </ButtonLink>
          </ButtonRow>
        </Stack>
      </Card>
    </Page>
  );
}
