import { type Handlers, withBody, xml } from '../call.ts';

interface Statement {
  Effect: string;
  Principal: { Service?: string };
}

/**
 * Policies of buckets. moto overlooks conditions, so that "nothing without TLS" would refuse everything: the policy is kept here, and moto is told
 * only which services may write, which it checks where logs are to be written.
 */
export function bucketPolicies(): Handlers {
  const policies = new Map<string, string>();
  const bucketIn = (path: string): string => path.split('/')[1] ?? '';

  return {
    's3:PutBucketPolicy': async (call, forward) => {
      const text = call.body.toString('utf8');
      const policy = JSON.parse(text) as { Statement: Statement[] };
      const services = policy.Statement.filter(
        ({ Effect, Principal }) => Effect === 'Allow' && Principal.Service !== undefined,
      );
      if (services.length > 0) {
        const told = JSON.stringify({ ...policy, Statement: services });
        const answer = await forward(withBody(call, told));
        if (answer.status >= 300) return answer;
      }
      policies.set(bucketIn(call.path), text);
      return xml('', 204);
    },
    's3:GetBucketPolicy': (call, forward) => {
      const policy = policies.get(bucketIn(call.path));
      if (policy === undefined) return forward(call);
      return { status: 200, headers: { 'content-type': 'application/json' }, body: policy };
    },
    's3:DeleteBucketPolicy': (call, forward) => {
      policies.delete(bucketIn(call.path));
      return forward(call);
    },
    's3:DeleteBucket': async (call, forward) => {
      const answer = await forward(call);
      if (answer.status < 300) policies.delete(bucketIn(call.path));
      return answer;
    },
  };
}
