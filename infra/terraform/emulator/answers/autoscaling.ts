import {
  type Answer,
  type Call,
  form,
  type Handlers,
  queryAnswer,
  withText,
  xml,
} from '../call.ts';

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

const REFRESH = '00000000-0000-0000-0000-000000000000';

/** Refreshes of a group's instances: the first finds one under way, as after a change a moment before, and is begun when that one is cancelled. */
export function instanceRefreshes(): Handlers {
  const cancelled = new Set<string>();
  const named = (call: Call): string => form(call).get('AutoScalingGroupName') ?? '';
  const told = (action: string): Answer =>
    queryAnswer(action, `<InstanceRefreshId>${REFRESH}</InstanceRefreshId>`);
  return {
    'autoscaling:StartInstanceRefresh': (call) =>
      cancelled.has(named(call))
        ? told('StartInstanceRefresh')
        : xml(
            '<ErrorResponse><Error><Code>InstanceRefreshInProgress</Code><Message>Another one is under way.</Message></Error></ErrorResponse>',
            400,
          ),
    'autoscaling:CancelInstanceRefresh': (call) => {
      cancelled.add(named(call));
      return told('CancelInstanceRefresh');
    },
    'autoscaling:DescribeInstanceRefreshes': (call) =>
      queryAnswer(
        'DescribeInstanceRefreshes',
        `<InstanceRefreshes><member><InstanceRefreshId>${REFRESH}</InstanceRefreshId>` +
          `<AutoScalingGroupName>${named(call)}</AutoScalingGroupName>` +
          `<Status>Cancelled</Status></member></InstanceRefreshes>`,
      ),
  };
}
