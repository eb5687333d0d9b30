import { randomBytes } from 'node:crypto';
import { ACCOUNT_ID, type Answer, type Handlers, json } from '../call.ts';
import { lastPart } from './cloudfront.ts';

interface Policy {
  [name: string]: unknown;
  PolicyId: string;
  PolicyArn: string;
  Tags?: Record<string, string>;
}

/** The life cycle manager of snapshots: policies are kept and given back; no copy is ever made. */
export function lifecyclePolicies(): Handlers {
  const policies = new Map<string, Policy>();
  const read = (body: Buffer): Record<string, unknown> =>
    JSON.parse(body.toString('utf8')) as Record<string, unknown>;
  const found = (path: string): Policy | undefined =>
    policies.get(lastPart(decodeURIComponent(path).replace(/\/$/, '')));

  return {
    'dlm:CreateLifecyclePolicy': (call) => {
      const PolicyId = `policy-${randomBytes(9).toString('hex').slice(0, 17)}`;
      const PolicyArn = `arn:aws:dlm:${call.region}:${ACCOUNT_ID}:policy/${PolicyId}`;
      policies.set(PolicyId, { ...read(call.body), PolicyId, PolicyArn });
      return json({ PolicyId });
    },
    'dlm:GetLifecyclePolicy': (call) => {
      const policy = found(call.path);
      return policy ? json({ Policy: policy }) : missing();
    },
    'dlm:GetLifecyclePolicies': () => json({ Policies: [...policies.values()] }),
    'dlm:UpdateLifecyclePolicy': (call) => {
      const policy = found(call.path);
      if (!policy) return missing();
      Object.assign(policy, read(call.body));
      return json({});
    },
    'dlm:DeleteLifecyclePolicy': (call) => {
      const policy = found(call.path);
      return policy && policies.delete(policy.PolicyId) ? json({}) : missing();
    },
    'dlm:ListTagsForResource': (call) => {
      const policy = found(call.path);
      return policy ? json({ Tags: policy.Tags ?? {} }) : missing();
    },
  };
}

function missing(): Answer {
  const answer = json({ Message: 'There is no such policy.' }, 404);
  return {
    ...answer,
    headers: { ...answer.headers, 'x-amzn-errortype': 'ResourceNotFoundException' },
  };
}
