import type { Subscription } from '@signalbox/api/contract';
import { useParams } from 'react-router';
import type { WithEtag } from '../../api/base-api.ts';
import { problemOf } from '../../api/problem.ts';
import { useRefusal } from '../../api/roles.ts';
import { useGetSubscriptionQuery, useUpdateSubscriptionMutation } from '../../api/subscriptions.ts';
import { faultFinder } from '../../lib/fault-of.ts';
import { paths } from '../../lib/paths.ts';
import { useEdit } from '../../lib/use-edit.ts';
import { ResourceBadge } from '../../ui/Badge/StateBadge.tsx';
import { ButtonLink } from '../../ui/Button/Button.tsx';
import { Card } from '../../ui/Card/Card.tsx';
import { Id } from '../../ui/Code/Id.tsx';
import { EditForm } from '../../ui/Form/EditForm.tsx';
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
  const problem = problemOf(error);
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
      {problem !== null && <Problem problem={problem} />}
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
  const { base, form, setForm, adopt, reload, isOutdated } = useEdit(
    subscription,
    subscriptionToForm,
  );
  const [update, { isLoading, error }] = useUpdateSubscriptionMutation();
  const refusal = useRefusal('admin');
  const problem = problemOf(error);
  const change = subscriptionChange(form, base);
  const notReady = change === null ? 'The pattern is not JSON yet.' : null;
  async function save(): Promise<void> {
    if (change === null) return;
    const { data } = await update({ id: base.id, etag: base.etag, change });
    if (data !== undefined) adopt(data);
  }
  return (
    <EditForm
      label="Settings of the subscription"
      isBusy={isLoading}
      problem={problem}
      refusal={refusal ?? notReady}
      change={change ?? {}}
      isOutdated={isOutdated}
      onReload={reload}
      onSubmit={() => void save()}
    >
      <SubscriptionEditor form={form} onChange={setForm} faultOf={faultFinder(problem)} isStored />
    </EditForm>
  );
}
