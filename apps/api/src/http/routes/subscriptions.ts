import { Backtest, BacktestResult } from '../../contract/backtest.ts';
import {
  Subscription,
  SubscriptionCreate,
  SubscriptionListQuery,
  SubscriptionPage,
  SubscriptionUpdate,
} from '../../contract/subscriptions.ts';
import {
  PatternTest,
  PatternTestResult,
  TransformTest,
  TransformTestResult,
} from '../../contract/tests.ts';
import { backtestSubscription } from '../controllers/backtest-subscription.ts';
import { createSubscription } from '../controllers/create-subscription.ts';
import { deleteSubscription } from '../controllers/delete-subscription.ts';
import { getSubscription } from '../controllers/get-subscription.ts';
import { listSubscriptions } from '../controllers/list-subscriptions.ts';
import { testPattern } from '../controllers/test-pattern.ts';
import { testTransform } from '../controllers/test-transform.ts';
import { updateSubscription } from '../controllers/update-subscription.ts';
import { defineRoute } from '../define-route.ts';

const tag = 'Subscriptions';

export const SUBSCRIPTION_ROUTES = [
  defineRoute({
    method: 'GET',
    path: '/v1/subscriptions',
    access: 'viewer',
    tag,
    summary: 'List subscriptions, newest first',
    query: SubscriptionListQuery,
    status: 200,
    answer: SubscriptionPage,
    controller: listSubscriptions,
  }),
  defineRoute({
    method: 'POST',
    path: '/v1/subscriptions',
    access: 'admin',
    tag,
    summary: 'Create a subscription',
    body: SubscriptionCreate,
    status: 201,
    answer: Subscription,
    example: {
      name: 'large orders to billing',
      targetId: 'tgt_01hf7yat00c5q3w1k8m2n4p6r9',
      pattern: { type: ['order.created'], data: { total: [{ numeric: ['>', 100] }] } },
    },
    controller: createSubscription,
  }),
  defineRoute({
    method: 'GET',
    path: '/v1/subscriptions/{subscriptionId}',
    access: 'viewer',
    tag,
    summary: 'Read a subscription',
    status: 200,
    answer: Subscription,
    controller: getSubscription,
  }),
  defineRoute({
    method: 'PATCH',
    path: '/v1/subscriptions/{subscriptionId}',
    access: 'admin',
    tag,
    summary: 'Change a subscription; pattern and transform are replaced whole',
    body: SubscriptionUpdate,
    status: 200,
    answer: Subscription,
    example: { state: 'paused' },
    controller: updateSubscription,
  }),
  defineRoute({
    method: 'DELETE',
    path: '/v1/subscriptions/{subscriptionId}',
    access: 'admin',
    tag,
    summary: 'Delete a subscription; its waiting deliveries are cancelled',
    status: 204,
    answer: null,
    controller: deleteSubscription,
  }),
  defineRoute({
    method: 'POST',
    path: '/v1/subscriptions/backtest',
    access: 'operator',
    tag: 'Testing',
    summary: 'Try a pattern and a transform on the newest stored events, without sending anything',
    description:
      'Shows what would have been delivered, in what shape. `samples` holds at most 20 events: up to 10 whose transform failed, then the newest of the others.',
    body: Backtest,
    status: 200,
    answer: BacktestResult,
    example: {
      pattern: { type: ['order.created'] },
      transform: { language: 'jsonata', body: '{ "order": data.id }' },
      limit: 1000,
    },
    controller: backtestSubscription,
  }),
  defineRoute({
    method: 'POST',
    path: '/v1/patterns/test',
    access: 'viewer',
    tag: 'Testing',
    summary: 'Match a pattern against an event',
    body: PatternTest,
    status: 200,
    answer: PatternTestResult,
    example: { pattern: { type: ['order.created'] }, event: { type: 'order.cancelled' } },
    controller: testPattern,
  }),
  defineRoute({
    method: 'POST',
    path: '/v1/transforms/test',
    access: 'viewer',
    tag: 'Testing',
    summary: 'Run a transform on an event, without sending anything',
    body: TransformTest,
    status: 200,
    answer: TransformTestResult,
    example: {
      transform: { language: 'jsonata', body: '{ "order": data.id }' },
      event: { type: 'order.created', data: { id: 7 } },
    },
    controller: testTransform,
  }),
];
