import {
  Attempt,
  AttemptList,
  DeadLetterGroups,
  DeadLetterQuery,
  Delivery,
  DeliveryListQuery,
  DeliveryPage,
  DeliveryWork,
  DeliveryWorkResult,
} from '../../contract/deliveries.ts';
import { cancelDeliveries } from '../controllers/cancel-deliveries.ts';
import { cancelDelivery } from '../controllers/cancel-delivery.ts';
import { getAttempt } from '../controllers/get-attempt.ts';
import { getDelivery } from '../controllers/get-delivery.ts';
import { listAttempts } from '../controllers/list-attempts.ts';
import { listDeadLetterGroups } from '../controllers/list-dead-letter-groups.ts';
import { listDeadLetters } from '../controllers/list-dead-letters.ts';
import { listDeliveries } from '../controllers/list-deliveries.ts';
import { retryDeliveries } from '../controllers/retry-deliveries.ts';
import { retryDelivery } from '../controllers/retry-delivery.ts';
import { defineRoute } from '../define-route.ts';

const read = { method: 'GET', access: 'viewer', tag: 'Deliveries', status: 200 } as const;
const act = { method: 'POST', access: 'operator', tag: 'Deliveries', status: 200 } as const;

export const DELIVERY_ROUTES = [
  defineRoute({
    ...read,
    path: '/v1/deliveries',
    summary: 'List deliveries, newest first',
    query: DeliveryListQuery,
    answer: DeliveryPage,
    controller: listDeliveries,
  }),
  defineRoute({
    ...read,
    path: '/v1/deliveries/{deliveryId}',
    summary: 'Read a delivery',
    answer: Delivery,
    controller: getDelivery,
  }),
  defineRoute({
    ...read,
    path: '/v1/deliveries/{deliveryId}/attempts',
    summary: 'List the attempts of a delivery, first to last',
    answer: AttemptList,
    controller: listAttempts,
  }),
  defineRoute({
    ...read,
    path: '/v1/attempts/{attemptId}',
    summary: 'Read an attempt',
    answer: Attempt,
    controller: getAttempt,
  }),
  defineRoute({
    ...act,
    path: '/v1/deliveries/{deliveryId}/retry',
    summary: 'Try a delivery again now',
    answer: Delivery,
    controller: retryDelivery,
  }),
  defineRoute({
    ...act,
    path: '/v1/deliveries/{deliveryId}/cancel',
    summary: 'Give a delivery up',
    answer: Delivery,
    controller: cancelDelivery,
  }),
  defineRoute({
    ...act,
    path: '/v1/deliveries/retry',
    summary: 'Retry the deliveries of a filter, a page a call',
    body: DeliveryWork,
    answer: DeliveryWorkResult,
    example: { filter: { state: ['retrying'], targetId: ['tgt_01hf7yat00c5q3w1k8m2n4p6r9'] } },
    controller: retryDeliveries,
  }),
  defineRoute({
    ...act,
    path: '/v1/deliveries/cancel',
    summary: 'Cancel the deliveries of a filter, a page a call',
    body: DeliveryWork,
    answer: DeliveryWorkResult,
    example: { filter: { state: ['pending', 'retrying'] } },
    controller: cancelDeliveries,
  }),
  defineRoute({
    ...read,
    tag: 'Dead letters',
    path: '/v1/dead-letters',
    summary: 'List dead letters, newest first',
    query: DeadLetterQuery,
    answer: DeliveryPage,
    controller: listDeadLetters,
  }),
  defineRoute({
    ...read,
    tag: 'Dead letters',
    path: '/v1/dead-letters/groups',
    summary: 'Count dead letters by target and reason',
    answer: DeadLetterGroups,
    controller: listDeadLetterGroups,
  }),
];
