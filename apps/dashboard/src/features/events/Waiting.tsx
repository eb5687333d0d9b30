import type { Delivery } from '@signalbox/api/contract';
import { Link } from 'react-router';
import { useGetDeliveryQuery } from '../../api/deliveries.ts';
import { paths } from '../../lib/paths.ts';
import { shortId } from '../../lib/text.ts';
import styles from './DeliveryPanel.module.css';

/** Why a delivery waits for its turn: the one that has it, and what that one is at. */
export function Waiting({ delivery }: { delivery: Delivery }) {
  // Asked anew whenever the one that has the turn changes: the stream tells of that one only.
  const { data: own = delivery } = useGetDeliveryQuery(delivery.id, {
    skip: delivery.waitsFor === null,
  });
  const waitsFor = delivery.waitsFor === null ? null : own.waitsFor;
  const { currentData: holder } = useGetDeliveryQuery(waitsFor ?? '', { skip: waitsFor === null });
  if (waitsFor === null) return null;
  return (
    <p className={styles.waiting}>
      Waits for{' '}
      {holder === undefined ? (
        waitsFor
      ) : (
        <Link to={paths.eventDelivery(holder.eventId, holder.id)}>{shortId(holder.id)}</Link>
      )}{' '}
      of the same key{holder !== undefined && `, which ${WHAT_IT_DOES[holder.state]}`}.
    </p>
  );
}

const WHAT_IT_DOES: Readonly<Record<Delivery['state'], string>> = {
  pending: 'is pending',
  delivering: 'is being delivered',
  retrying: 'is being retried',
  succeeded: 'has just succeeded',
  dead: 'is a dead letter and blocks the key: retry or cancel it',
  cancelled: 'has just been cancelled',
};

/** The key, as a link to all that was delivered by it. */
export function OrderingKey({ delivery }: { delivery: Delivery }) {
  const { orderingKey, subscriptionId } = delivery;
  if (orderingKey === null || subscriptionId === null) return null;
  return <Link to={paths.deliveriesOf({ orderingKey, subscriptionId })}>{orderingKey}</Link>;
}
