import {
  ConservationReport,
  Flow,
  Summary,
  SummaryQuery,
  Timeseries,
  TimeseriesQuery,
} from '../../contract/metrics.ts';
import { StreamQuery } from '../../contract/stream.ts';
import { getConservation } from '../controllers/get-conservation.ts';
import { getFlow } from '../controllers/get-flow.ts';
import { getSummary } from '../controllers/get-summary.ts';
import { getTimeseries } from '../controllers/get-timeseries.ts';
import { openStream } from '../controllers/open-stream.ts';
import { defineRoute } from '../define-route.ts';

const common = { method: 'GET', access: 'viewer', tag: 'Metrics', status: 200 } as const;

export const METRICS_ROUTES = [
  defineRoute({
    ...common,
    path: '/v1/metrics/summary',
    summary: 'Read the main figures of a window that ends now',
    query: SummaryQuery,
    answer: Summary,
    controller: getSummary,
  }),
  defineRoute({
    ...common,
    path: '/v1/metrics/timeseries',
    summary: 'Read figures over time',
    query: TimeseriesQuery,
    answer: Timeseries,
    controller: getTimeseries,
  }),
  defineRoute({
    ...common,
    path: '/v1/metrics/flow',
    summary: 'Read what flows from sources over event types to targets, in a window that ends now',
    query: SummaryQuery,
    answer: Flow,
    controller: getFlow,
  }),
  defineRoute({
    ...common,
    path: '/v1/metrics/conservation',
    summary: 'Check that nothing was lost: both sides counted apart',
    answer: ConservationReport,
    controller: getConservation,
  }),
  defineRoute({
    ...common,
    tag: 'Live',
    path: '/v1/stream',
    summary: 'Watch live (server-sent events)',
    description:
      'The `id` of each message is a position: send it back as `Last-Event-ID` to go on without a gap.',
    query: StreamQuery,
    answer: null,
    answerType: 'text/event-stream',
    controller: openStream,
  }),
];
