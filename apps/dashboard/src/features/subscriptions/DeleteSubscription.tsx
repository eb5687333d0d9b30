import type { Subscription } from '@signalbox/api/contract';
import { useNavigate } from 'react-router';
import type { WithEtag } from '../../api/base-api.ts';
import { asProblem } from '../../api/problem.ts';
import { useRefusal } from '../../api/roles.ts';
import { useDeleteSubscriptionMutation } from '../../api/subscriptions.ts';
import { paths } from '../../lib/paths.ts';
import { DeleteButton } from '../../ui/Dialog/DeleteButton.tsx';

/** Deletes the subscription after asking, and goes back to the list. */
export function DeleteSubscription({ subscription }: { subscription: WithEtag<Subscription> }) {
  const [remove, { isLoading, error }] = useDeleteSubscriptionMutation();
  const navigate = useNavigate();
  const refusal = useRefusal('admin');
  async function confirm(): Promise<void> {
    const answer = await remove({ id: subscription.id, etag: subscription.etag });
    if (answer.error === undefined) await navigate(paths.subscriptions);
  }
  return (
    <DeleteButton
      name={subscription.name}
      consequence="Its waiting deliveries are cancelled. Finished ones stay and can be read."
      refusal={refusal}
      isBusy={isLoading}
      problem={error === undefined ? null : asProblem(error)}
      onDelete={() => void confirm()}
    />
  );
}
