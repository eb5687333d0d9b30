import type { Subscription } from '@signalbox/api/contract';
import { useParams } from 'react-router';
import type { WithEtag } from '../../api/base-api.ts';
import { asProblem } from '../../api/problem.ts';
import { useRefusal } from '../../api/roles.ts';
import { useGetSubscriptionQuery, useUpdateSubscriptionMutation } from '../../api/subscriptions.ts';
import { faultFinder } from '../../lib/fault-of.ts';
import { paths } from '../../lib/paths.ts';
import { useEdit } from '../../lib/use-edit.ts';
import { ResourceBadge } from '../../ui/Badge/StateBadge.tsx';
import { ButtonLink } from '../../ui/Button/Button.tsx';
import { Card } from '../../ui/Card/Card.tsx';
import { Id } from '../../ui/Code/Id.tsx';
import { Form } from '../../ui/Form/Form.tsx';
import { Outdated } from '../../ui/Form/Outdated.tsx';
import { Page } from '../../ui/Page/Page.tsx';
import { Problem } from '../../ui/Problem/Problem.tsx';
import { SkeletonLines } from '../../ui/Skeleton/Skeleton.tsx';
import { DeleteSubscription } from './DeleteSubscription.tsx';
import { subscriptionChange, subscriptionToForm } from './subscription-form.ts';
import { SubscriptionEditor } from './SubscriptionEditor.tsx';

const PARENT = { to: paths.subscriptions, label: 'Subscriptions' };

export function SubscriptionPage() {
  const { id = '' } = useParams();
  const { currentData: subscription, error } = useGetSubscriptionQuery(id);
  return (
    <Page
      title={subscription?.name ?? 'Subscription'}
      parent={PARENT}
      meta={
        subscription !== undefined && (
          <>
            <ResourceBadge state={subscription.state} />
            <Id id={subscription.id} />
          </>
        )
      }
      actions={
        <>
          <ButtonLink to={paths.deliveriesOf({ subscriptionId: id })}>Its deliveries</ButtonLink>
          {subscription !== undefined && <DeleteSubscription subscription={subscription} />}
        </>
      }
    >
      {error !== undefined && <Problem problem={asProblem(error)} />}
      <Card>
        {subscription === undefined ? (
          <SkeletonLines lines={10} label="Reading the subscription" />
        ) : (
          <Settings key={subscription.id} subscription={subscription} />
        )}
      </Card>
    </Page>
  );
}

function Settings({ subscription }: { subscription: WithEtag<Subscription> }) {
  const { base, form, setForm, adopt, isOutdated } = useEdit(subscription, subscriptionToForm);
  const [update, { isLoading, error }] = useUpdateSubscriptionMutation();
  const refusal = useRefusal('admin');
  const problem = error === undefined ? null : asProblem(error);
  const change = subscriptionChange(form, base);
  const notReady =
    change === null
      ? 'The pattern is not JSON yet.'
      : Object.keys(change).length === 0
        ? 'Nothing has changed.'
        : null;
  async function save(): Promise<void> {
    if (change === null) return;
    const { data } = await update({ id: base.id, etag: base.etag, change });
    if (data !== undefined) adopt(data);
  }
  return (
    <Form
      label="Settings of the subscription"
      submitLabel="Save"
      isBusy={isLoading}
      problem={problem}
      refusal={refusal ?? notReady}
      onSubmit={() => void save()}
    >
      <SubscriptionEditor form={form} onChange={setForm} faultOf={faultFinder(problem)} isStored />
      {isOutdated && !isLoading && (
        <Outdated
          onReload={() => {
            adopt(subscription);
          }}
        />
      )}
    </Form>
  );
}
