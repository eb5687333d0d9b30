import { PageQuery } from '../../contract/common.ts';
import {
  Target,
  TargetCreate,
  TargetHealth,
  TargetPage,
  TargetTest,
  TargetUpdate,
  TargetWithSecret,
} from '../../contract/targets.ts';
import { createTarget } from '../controllers/create-target.ts';
import { deleteTarget } from '../controllers/delete-target.ts';
import { getTargetHealth } from '../controllers/get-target-health.ts';
import { getTarget } from '../controllers/get-target.ts';
import { listTargets } from '../controllers/list-targets.ts';
import { pauseTarget } from '../controllers/pause-target.ts';
import { resumeTarget } from '../controllers/resume-target.ts';
import { rotateTargetSecret } from '../controllers/rotate-target-secret.ts';
import { testTarget } from '../controllers/test-target.ts';
import { updateTarget } from '../controllers/update-target.ts';
import { defineRoute } from '../define-route.ts';

const tag = 'Targets';
const read = { method: 'GET', access: 'viewer', tag, status: 200 } as const;
const act = { method: 'POST', access: 'operator', tag, status: 200 } as const;

export const TARGET_ROUTES = [
  defineRoute({
    ...read,
    path: '/v1/targets',
    summary: 'List targets, newest first',
    query: PageQuery,
    answer: TargetPage,
    controller: listTargets,
  }),
  defineRoute({
    method: 'POST',
    path: '/v1/targets',
    access: 'admin',
    tag,
    summary: 'Create a target; its signing secret is shown this once',
    body: TargetCreate,
    status: 201,
    answer: TargetWithSecret,
    showsSecret: true,
    example: { name: 'billing', url: 'https://billing.example.com/webhooks' },
    controller: createTarget,
  }),
  defineRoute({
    ...read,
    path: '/v1/targets/{targetId}',
    summary: 'Read a target',
    answer: Target,
    controller: getTarget,
  }),
  defineRoute({
    method: 'PATCH',
    path: '/v1/targets/{targetId}',
    access: 'admin',
    tag,
    summary: 'Change a target',
    body: TargetUpdate,
    status: 200,
    answer: Target,
    example: { timeoutMs: 5000 },
    controller: updateTarget,
  }),
  defineRoute({
    method: 'DELETE',
    path: '/v1/targets/{targetId}',
    access: 'admin',
    tag,
    summary: 'Delete a target that no subscription uses',
    status: 204,
    answer: null,
    controller: deleteTarget,
  }),
  defineRoute({
    ...act,
    path: '/v1/targets/{targetId}/pause',
    summary: 'Pause a target: deliveries wait',
    answer: Target,
    controller: pauseTarget,
  }),
  defineRoute({
    ...act,
    path: '/v1/targets/{targetId}/resume',
    summary: 'Resume a target: what waited is sent',
    answer: Target,
    controller: resumeTarget,
  }),
  defineRoute({
    ...act,
    path: '/v1/targets/{targetId}/test',
    summary: 'Send a test event at once, not stored',
    answer: TargetTest,
    controller: testTarget,
  }),
  defineRoute({
    ...act,
    access: 'admin',
    path: '/v1/targets/{targetId}/rotate-secret',
    summary: 'Make a new signing secret; the old one signs beside it for 24 hours',
    answer: TargetWithSecret,
    showsSecret: true,
    controller: rotateTargetSecret,
  }),
  defineRoute({
    ...read,
    path: '/v1/targets/{targetId}/health',
    summary: "Read a target's health over the last 15 minutes",
    answer: TargetHealth,
    controller: getTargetHealth,
  }),
];
