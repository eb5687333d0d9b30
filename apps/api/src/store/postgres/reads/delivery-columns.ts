import { DELIVERY_COLUMNS } from '../../rows.ts';
import { WAITS } from '../../turns.ts';

/** The `dlv_…` id of the delivery that has the turn, where one waits for it. In a function, so that it is planned once a connection and not with each query. */
export const WAITS_FOR = `CASE WHEN deliveries.turn = ${WAITS} THEN turn_holder(deliveries.subscription_id, deliveries.ordering_key) END`;

/** What a `JoinedDeliveryRow` needs, out of `deliveries`. */
export const JOINED_DELIVERY_COLUMNS = `${DELIVERY_COLUMNS.map((column) => `deliveries.${column}`).join(', ')},
  (SELECT events.id FROM events WHERE events.seq = deliveries.event_seq) AS record_id, ${WAITS_FOR} AS waits_for`;
