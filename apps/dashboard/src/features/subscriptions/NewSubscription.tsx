import { useNavigate, useSearchParams } from 'react-router';
import { useCreateSubscriptionMutation } from '../../api/subscriptions.ts';
import { useNewForm } from '../../api/use-new-form.ts';
import { paths } from '../../lib/paths.ts';
import { FormPage } from '../../ui/Form/FormPage.tsx';
import { EMPTY_SUBSCRIPTION, formToSubscription } from './subscription-form.ts';
import { SubscriptionEditor } from './SubscriptionEditor.tsx';

const PARENT = { to: paths.subscriptions, label: 'Subscriptions' };

export function NewSubscription() {
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const { isReady, fields, frame } = useNewForm(
    { ...EMPTY_SUBSCRIPTION, targetId: params.get('targetId') ?? '' },
    formToSubscription,
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
      title="New subscription"
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
