import type { Progress } from '../../api/work-on-deliveries.ts';
import { useRefusal } from '../../api/roles.ts';
import { plural } from '../../lib/text.ts';
import type { DeliveryAction } from '@signalbox/api/delivery-states';
import { ConfirmButton } from '../../ui/Dialog/Confirm.tsx';
import { IconBan, IconRetry } from '../../ui/icons.ts';

const WORDS = {
  retry: {
    label: 'Retry all',
    consequence:
      'Each that is dead, cancelled or waits for its next try is tried at once, with a fresh schedule. Others are passed over.',
    done: 'retried',
  },
  cancel: {
    label: 'Cancel all',
    consequence:
      'Each that is pending, waits for its next try or is dead is not sent any more. Others are passed over. They can be retried later.',
    done: 'cancelled',
  },
} as const;

/** Acts on every delivery that the filters hold, also on those that are not loaded. */
export function BulkActions(props: {
  /** The whole filter in words; empty: there is none. */
  filter: string;
  isBusy: boolean;
  onAct: (action: DeliveryAction) => void;
}) {
  const { filter, isBusy, onAct } = props;
  const role = useRefusal('operator');
  const refusal =
    role ?? (filter === '' ? 'Set a filter first: this acts on all that fit it.' : null);
  return (
    <>
      {(['retry', 'cancel'] as const).map((action) => (
        <ConfirmButton
          key={action}
          label={WORDS[action].label}
          icon={action === 'retry' ? <IconRetry /> : <IconBan />}
          look={action === 'retry' ? 'plain' : 'danger'}
          refusal={refusal}
          isBusy={isBusy}
          question={`${WORDS[action].label} deliveries of this filter: ${filter}?`}
          consequence={WORDS[action].consequence}
          onConfirm={() => onAct(action)}
        />
      ))}
    </>
  );
}

/** How far it has come: `1,200 deliveries retried, 3 passed over`. */
export function bulkText({ action, done, passedOver, isRunning }: Progress): string {
  const rest = passedOver === 0 ? '' : `, ${passedOver} passed over`;
  return `${plural(done, 'delivery', 'deliveries')} ${WORDS[action].done}${rest}${isRunning ? ' …' : '.'}`;
}
