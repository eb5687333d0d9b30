import { form, type Handlers, queryAnswer, withText } from '../call.ts';

/** Scaling policies are on, and only predictive ones have a predictive part. */
export function scalingPolicies(): Handlers {
  return {
    'autoscaling:DescribePolicies': async (call, forward) =>
      withText(await forward(call), (text) =>
        text
          .replaceAll('<PredictiveScalingConfiguration/>', '')
          .replaceAll('</PolicyARN>', '</PolicyARN><Enabled>true</Enabled>'),
      ),
  };
}

/** How long an instance of a scaling group warms up: moto drops it. */
export function warmUps(): Handlers {
  const seconds = new Map<string, string>();
  return {
    'autoscaling:CreateAutoScalingGroup': (call, forward) => {
      const sent = form(call);
      const warmUp = sent.get('DefaultInstanceWarmup');
      if (warmUp !== null) seconds.set(sent.get('AutoScalingGroupName') ?? '', warmUp);
      return forward(call);
    },
    'autoscaling:DescribeAutoScalingGroups': async (call, forward) =>
      withText(await forward(call), (text) =>
        text.replaceAll(
          /<member><AutoScalingGroupName>([^<]+)<\/AutoScalingGroupName>/g,
          (start, name: string) => {
            const warmUp = seconds.get(name);
            return warmUp === undefined
              ? start
              : `${start}<DefaultInstanceWarmup>${warmUp}</DefaultInstanceWarmup>`;
          },
        ),
      ),
  };
}

/** Refreshes of a group's instances are over as soon as they have begun. */
export function instanceRefreshes(): Handlers {
  return {
    'autoscaling:StartInstanceRefresh': () =>
      queryAnswer(
        'StartInstanceRefresh',
        '<InstanceRefreshId>00000000-0000-0000-0000-000000000000</InstanceRefreshId>',
      ),
  };
}
