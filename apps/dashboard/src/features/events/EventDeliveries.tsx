import type { Event } from '@signalbox/api/contract';
import { Link } from 'react-router';
import { useListEventDeliveriesQuery } from '../../api/events.ts';
import { useSubscriptionName, useTargetName } from '../../api/names.ts';
import { asProblem } from '../../api/problem.ts';
import { paths } from '../../lib/paths.ts';
import { plural } from '../../lib/text.ts';
import { useUrlFilters } from '../../lib/url-filters.ts';
import { Card } from '../../ui/Card/Card.tsx';
import { EmptyState } from '../../ui/EmptyState/EmptyState.tsx';
import { Problem } from '../../ui/Problem/Problem.tsx';
import { SkeletonLines } from '../../ui/Skeleton/Skeleton.tsx';
import { DeliveryPanel } from './DeliveryPanel.tsx';
import styles from './DeliveryPanel.module.css';

const IN_URL = { many: [], one: ['delivery'] } as const;

/** The deliveries of an event; which one is open is in the URL. */
export function EventDeliveries({ event }: { event: Event }) {
  const { filters, setFilter } = useUrlFilters<never, 'delivery'>(IN_URL);
  const { currentData: deliveries, error } = useListEventDeliveriesQuery(event.id);
  const targetName = useTargetName();
  const subscriptionName = useSubscriptionName();
  const open = filters.delivery ?? (deliveries?.length === 1 ? deliveries[0]?.id : undefined);
  return (
    <Card
      title="Deliveries"
      isFlush
      actions={deliveries !== undefined && plural(deliveries.length, 'delivery', 'deliveries')}
    >
      {error !== undefined && <Problem problem={asProblem(error)} />}
      {deliveries === undefined && error === undefined && (
        <div className={styles.body}>
          <SkeletonLines lines={3} label="Reading deliveries" />
        </div>
      )}
      {deliveries?.length === 0 && (
        <EmptyState title="Nobody wanted this event">
          <p>
            No subscription matched when it came in. See below what each of them missed, or{' '}
            <Link to={paths.newSubscription}>make a subscription</Link>.
          </p>
        </EmptyState>
      )}
      <ul>
        {deliveries?.map((delivery) => (
          <li key={delivery.id} className={styles.item}>
            <DeliveryPanel
              delivery={delivery}
              event={event}
              targetName={targetName(delivery.targetId) ?? delivery.targetId}
              subscriptionName={
                delivery.subscriptionId === null
                  ? null
                  : (subscriptionName(delivery.subscriptionId) ?? delivery.subscriptionId)
              }
              isOpen={delivery.id === open}
              onToggle={() => setFilter('delivery', delivery.id === open ? 'none' : delivery.id)}
            />
          </li>
        ))}
      </ul>
    </Card>
  );
}
