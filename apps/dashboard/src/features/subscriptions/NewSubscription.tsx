import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { problemOf } from '../../api/problem.ts';
import { useRefusal } from '../../api/roles.ts';
import { useCreateSubscriptionMutation } from '../../api/subscriptions.ts';
import { faultFinder } from '../../lib/fault-of.ts';
import { paths } from '../../lib/paths.ts';
import { FormPage } from '../../ui/Form/FormPage.tsx';
import { EMPTY_SUBSCRIPTION, formToSubscription } from './subscription-form.ts';
import { SubscriptionEditor } from './SubscriptionEditor.tsx';

const PARENT = { to: paths.subscriptions, label: 'Subscriptions' };

export function NewSubscription() {
  const [params] = useSearchParams();
  const [form, setForm] = useState({
    ...EMPTY_SUBSCRIPTION,
    targetId: params.get('targetId') ?? '',
  });
  const [create, { isLoading, error }] = useCreateSubscriptionMutation();
  const navigate = useNavigate();
  const refusal = useRefusal('admin');
  const problem = problemOf(error);
  const body = formToSubscription(form);
  const notReady =
    body === null
      ? 'The pattern is not JSON yet.'
      : form.targetId === ''
        ? 'Choose a target.'
        : null;

  async function submit(): Promise<void> {
    if (body === null) return;
    const { data } = await create(body);
    if (data !== undefined) await navigate(paths.subscription(data.id));
  }
  return (
    <FormPage
      title="New subscription"
      parent={PARENT}
      isWide
      submitLabel="Create subscription"
      isBusy={isLoading}
      problem={problem}
      refusal={refusal ?? notReady}
      onSubmit={() => void submit()}
    >
      <SubscriptionEditor form={form} onChange={setForm} faultOf={faultFinder(problem)} />
    </FormPage>
  );
}
