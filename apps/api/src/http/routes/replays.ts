import {
  DeadLetterWork,
  Replay,
  ReplayCreate,
  ReplayListQuery,
  ReplayPage,
  ReplayPreview,
  ReplayPreviewRequest,
} from '../../contract/replays.ts';
import { cancelReplay } from '../controllers/cancel-replay.ts';
import { createReplay } from '../controllers/create-replay.ts';
import { discardDeadLetters } from '../controllers/discard-dead-letters.ts';
import { getReplay } from '../controllers/get-replay.ts';
import { listReplays } from '../controllers/list-replays.ts';
import { pauseReplay } from '../controllers/pause-replay.ts';
import { previewReplay } from '../controllers/preview-replay.ts';
import { resumeReplay } from '../controllers/resume-replay.ts';
import { retryDeadLetters } from '../controllers/retry-dead-letters.ts';
import { defineRoute } from '../define-route.ts';

const tag = 'Replays';
const read = { method: 'GET', access: 'viewer', tag, status: 200 } as const;
const act = { method: 'POST', access: 'operator', tag, status: 200, answer: Replay } as const;
const start = { method: 'POST', access: 'operator', status: 202, answer: Replay } as const;

const filter = { type: ['order.created'], receivedAfter: '2026-07-01T00:00:00Z' };
const destination = { kind: 'target', targetId: 'tgt_01hf7yat00c5q3w1k8m2n4p6r9' };

export const REPLAY_ROUTES = [
  defineRoute({
    ...start,
    tag,
    path: '/v1/replays',
    summary: 'Deliver stored events again',
    body: ReplayCreate,
    example: { filter, destination, ratePerSecond: 50 },
    controller: createReplay,
  }),
  defineRoute({
    method: 'POST',
    access: 'operator',
    tag,
    path: '/v1/replays/preview',
    summary: 'Count what a replay would deliver',
    status: 200,
    body: ReplayPreviewRequest,
    answer: ReplayPreview,
    example: { filter, destination },
    controller: previewReplay,
  }),
  defineRoute({
    ...read,
    path: '/v1/replays',
    summary: 'List replays and work on dead letters, newest first',
    query: ReplayListQuery,
    answer: ReplayPage,
    controller: listReplays,
  }),
  defineRoute({
    ...read,
    path: '/v1/replays/{replayId}',
    summary: 'Read a replay with its progress',
    answer: Replay,
    controller: getReplay,
  }),
  defineRoute({
    ...act,
    path: '/v1/replays/{replayId}/pause',
    summary: 'Pause a replay',
    controller: pauseReplay,
  }),
  defineRoute({
    ...act,
    path: '/v1/replays/{replayId}/resume',
    summary: 'Resume a replay',
    controller: resumeReplay,
  }),
  defineRoute({
    ...act,
    path: '/v1/replays/{replayId}/cancel',
    summary: 'Cancel a replay and what waits of it',
    controller: cancelReplay,
  }),
  defineRoute({
    ...start,
    tag: 'Dead letters',
    path: '/v1/dead-letters/retry',
    summary: 'Retry all dead letters of a filter',
    body: DeadLetterWork,
    example: { filter: { targetId: [destination.targetId], reason: ['http_422'] } },
    controller: retryDeadLetters,
  }),
  defineRoute({
    ...start,
    tag: 'Dead letters',
    path: '/v1/dead-letters/discard',
    summary: 'Discard all dead letters of a filter',
    body: DeadLetterWork,
    example: { filter: { targetId: [destination.targetId], reason: ['http_422'] } },
    controller: discardDeadLetters,
  }),
];
