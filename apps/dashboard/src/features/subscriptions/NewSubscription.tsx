import type { Subscription } from '@signalbox/api/contract';
import { useNavigate, useSearchParams } from 'react-router';
import { problemOf } from '../../api/problem.ts';
import { useCreateSubscriptionMutation, useGetSubscriptionQuery } from '../../api/subscriptions.ts';
import { useNewForm } from '../../api/use-new-form.ts';
import { paths } from '../../lib/paths.ts';
import { FormPage } from '../../ui/Form/FormPage.tsx';
import { Page } from '../../ui/Page/Page.tsx';
import { Problem } from '../../ui/Problem/Problem.tsx';
import { SkeletonLines } from '../../ui/Skeleton/Skeleton.tsx';
import { EMPTY_SUBSCRIPTION, formToSubscription, subscriptionCopy } from './subscription-form.ts';
import { SubscriptionEditor } from './SubscriptionEditor.tsx';

const TITLE = 'New subscription';
const PARENT = { to: paths.subscriptions, label: 'Subscriptions' };

/** Begins empty, or with the form of the subscription that `from` in the URL names. */
export function NewSubscription() {
  const [params] = useSearchParams();
  const from = params.get('from');
  const { currentData: model, error } = useGetSubscriptionQuery(from ?? '', {
    skip: from === null,
  });
  const problem = problemOf(error);
  if (from === null || model !== undefined) {
    return <Maker key={from} targetId={params.get('targetId') ?? ''} model={model} />;
  }
  return (
    <Page title={TITLE} parent={PARENT}>
      {problem === null ? (
        <SkeletonLines lines={10} label="Reading the subscription" />
      ) : (
        <Problem problem={problem} />
      )}
    </Page>
  );
}

function Maker({ targetId, model }: { targetId: string; model: Subscription | undefined }) {
  const navigate = useNavigate();
  const { isReady, fields, frame } = useNewForm(
    model === undefined ? { ...EMPTY_SUBSCRIPTION, targetId } : subscriptionCopy(model),
    (form) => formToSubscription(form, model),
    useCreateSubscriptionMutation(),
    ({ id }) => navigate(paths.subscription(id)),
  );
  const notReady = !isReady
    ? 'The pattern is not JSON yet.'
    : fields.form.targetId === ''
      ? 'Choose a target.'
      : null;
  return (
    <FormPage
      title={TITLE}
      parent={PARENT}
      isWide
      submitLabel="Create subscription"
      {...frame}
      refusal={frame.refusal ?? notReady}
    >
      <SubscriptionEditor {...fields} />
    </FormPage>
  );
}
