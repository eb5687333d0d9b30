import type { Delivery, Event } from '@signalbox/api/contract';
import { Link } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { plural } from '../../lib/text.ts';
import { useDeliveryAction } from '../../api/use-delivery-action.ts';
import { DeliveryBadge } from '../../ui/Badge/StateBadge.tsx';
import { DeliveryButtons } from '../../ui/DeliveryButtons/DeliveryButtons.tsx';
import { IconChevronRight } from '../../ui/icons.ts';
import { Muted } from '../../ui/Muted/Muted.tsx';
import { Time } from '../../ui/Time/Time.tsx';
import { OrderingKey, Waiting } from './Waiting.tsx';
import { Attempts } from './Attempts.tsx';
import styles from './DeliveryPanel.module.css';

/** One delivery in a line; opened, its attempts. */
export function DeliveryPanel(props: {
  delivery: Delivery;
  event: Event;
  targetName: string;
  /** Null: of a replay straight to the target. */
  subscriptionName: string | null;
  isOpen: boolean;
  onToggle: () => void;
}) {
  const { delivery, event, targetName, subscriptionName, isOpen, onToggle } = props;
  const action = useDeliveryAction(delivery.id);
  return (
    <>
      <div className={styles.line}>
        <button type="button" className={styles.toggle} aria-expanded={isOpen} onClick={onToggle}>
          <IconChevronRight />
          <span className={styles.target}>{targetName}</span>
          <DeliveryBadge state={delivery.state} />
          <Muted isInline>
            {plural(delivery.attemptCount, 'attempt')}
            {delivery.nextAttemptAt !== null && (
              <>
                , next <Time at={delivery.nextAttemptAt} />
              </>
            )}
            {delivery.replayId !== null && ', replayed'}
          </Muted>
        </button>
        <DeliveryButtons state={delivery.state} targetName={targetName} {...action} />
      </div>
      {delivery.state !== 'succeeded' && delivery.reasonDetail !== null && (
        <p className={styles.reason}>{delivery.reasonDetail}</p>
      )}
      <Waiting delivery={delivery} />
      {isOpen && (
        <div className={styles.body}>
          <Muted>
            {delivery.subscriptionId === null ? (
              'Straight '
            ) : (
              <>
                Through{' '}
                <Link to={paths.subscription(delivery.subscriptionId)}>
                  {subscriptionName}
                </Link>{' '}
              </>
            )}
            to <Link to={paths.target(delivery.targetId)}>{targetName}</Link>
            {delivery.replayId !== null && (
              <>
                , by a <Link to={paths.replay(delivery.replayId)}>replay</Link>
              </>
            )}
            {delivery.orderingKey !== null && (
              <>
                , in order of key <OrderingKey delivery={delivery} />
              </>
            )}
          </Muted>
          <Attempts deliveryId={delivery.id} event={event} />
        </div>
      )}
    </>
  );
}
