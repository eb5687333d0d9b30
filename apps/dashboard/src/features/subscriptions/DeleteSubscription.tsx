import type { Subscription } from '@signalbox/api/contract';
import type { WithEtag } from '../../api/base-api.ts';
import { useDeleteSubscriptionMutation } from '../../api/subscriptions.ts';
import { useDelete } from '../../api/use-delete.ts';
import { paths } from '../../lib/paths.ts';
import { DeleteButton } from '../../ui/Dialog/DeleteButton.tsx';

/** Deletes the subscription after asking, and goes back to the list. */
export function DeleteSubscription({ subscription }: { subscription: WithEtag<Subscription> }) {
  return (
    <DeleteButton
      {...useDelete(subscription, useDeleteSubscriptionMutation(), paths.subscriptions)}
      consequence="Its waiting deliveries are cancelled. Finished ones stay and can be read."
    />
  );
}
