import type { Event, Subscription } from '@signalbox/api/contract';
import { useParams } from 'react-router';
import type { WithEtag } from '../../api/base-api.ts';
import { useNewestEventOfQuery } from '../../api/deliveries.ts';
import { problemOf } from '../../api/problem.ts';
import { useRefusal } from '../../api/roles.ts';
import { useGetSubscriptionQuery, useUpdateSubscriptionMutation } from '../../api/subscriptions.ts';
import { useEditForm } from '../../api/use-edit-form.ts';
import { paths } from '../../lib/paths.ts';
import { ResourceBadge } from '../../ui/Badge/StateBadge.tsx';
import { ButtonLink } from '../../ui/Button/Button.tsx';
import { NewButton } from '../../ui/Button/NewButton.tsx';
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
  const newest = useNewestEventOfQuery(id);
  const isReadingEvent = newest.currentData === undefined && newest.isFetching;
  const problem = problemOf(error);
  const refusal = useRefusal('admin');
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
          <NewButton
            to={paths.cloneSubscription(id)}
            label="Clone"
            look="plain"
            refusal={refusal}
          />
          {subscription !== undefined && <DeleteSubscription subscription={subscription} />}
        </>
      }
    >
      {problem !== null && <Problem problem={problem} />}
      <Card>
        {subscription === undefined || isReadingEvent ? (
          <SkeletonLines lines={10} label="Reading the subscription" />
        ) : (
          <Settings
            key={subscription.id}
            subscription={subscription}
            newestEvent={newest.currentData ?? null}
          />
        )}
      </Card>
    </Page>
  );
}

function Settings(props: { subscription: WithEtag<Subscription>; newestEvent: Event | null }) {
  const { subscription, newestEvent } = props;
  const { fields, frame } = useEditForm(
    subscription,
    subscriptionToForm,
    subscriptionChange,
    useUpdateSubscriptionMutation(),
  );
  const notReady = frame.change === null ? 'The pattern is not JSON yet.' : null;
  return (
    <EditForm label="Settings of the subscription" {...frame} refusal={frame.refusal ?? notReady}>
      <SubscriptionEditor {...fields} isStored firstExample={newestEvent} />
    </EditForm>
  );
}
