import { setTimeout as wait } from 'node:timers/promises';
import { aws, awsOrNull } from './aws.ts';
import type { Deployment } from './deployment.ts';
import { Stop } from './program.ts';

const POLL_MS = 3000;
/** How long a new instance may take until its agent answers. */
const AGENT_SECONDS = 600;
const UNDER_WAY = new Set(['Pending', 'InProgress', 'Delayed']);

/** The instances that run the gateway: the box, or those of the group that are in service or on their way. */
export async function listHosts(deployment: Deployment): Promise<string[]> {
  if (deployment.shape === 'box')
    return deployment.instance_id === null ? [] : [deployment.instance_id];
  const group = deployment.scaling_group_name ?? '';
  const { AutoScalingGroups } = await aws<{
    AutoScalingGroups: { Instances: { InstanceId: string; LifecycleState: string }[] }[];
  }>('autoscaling', 'describe-auto-scaling-groups', '--auto-scaling-group-names', group);
  return (AutoScalingGroups[0]?.Instances ?? [])
    .filter(({ LifecycleState }) => LifecycleState === 'InService')
    .map(({ InstanceId }) => InstanceId)
    .sort();
}

/**
 * Runs a line of shell on an instance, as root, through Session Manager's agent: no port is open for it. Answers what it wrote.
 * @throws Stop when it ends with anything but 0, or is not done in time
 */
export async function runOnHost(
  host: string,
  line: string,
  timeoutSeconds: number,
): Promise<string> {
  const commandId = await send(host, line, timeoutSeconds);
  const deadline = performance.now() + (timeoutSeconds + 90) * 1000;
  for (;;) {
    const found = await awsOrNull<{
      Status: string;
      StandardOutputContent: string;
      StandardErrorContent: string;
    }>('ssm', 'get-command-invocation', '--command-id', commandId, '--instance-id', host);
    const status = found?.Status ?? 'Pending';
    if (found !== null && !UNDER_WAY.has(status)) {
      const { StandardOutputContent: output, StandardErrorContent: errors } = found;
      if (status === 'Success') return output;
      throw new Stop(`${host}: ${status}\n${output}\n${errors}`);
    }
    if (performance.now() > deadline)
      throw new Stop(`${host}: still ${status} after ${timeoutSeconds} s`);
    await wait(POLL_MS);
  }
}

/** Answers the id of the command. Waits for an instance that was started a moment ago: its agent is installed by cloud-init. */
async function send(host: string, line: string, timeoutSeconds: number): Promise<string> {
  const parameters = { commands: [line], executionTimeout: [String(timeoutSeconds)] };
  const deadline = performance.now() + AGENT_SECONDS * 1000;
  for (;;) {
    const sent = await awsOrNull<{ Command: { CommandId: string } }>(
      ...['ssm', 'send-command', '--instance-ids', host, '--document-name', 'AWS-RunShellScript'],
      ...['--comment', 'signalbox', '--timeout-seconds', '60'],
      ...['--parameters', JSON.stringify(parameters)],
    );
    if (sent !== null) return sent.Command.CommandId;
    if (performance.now() > deadline) {
      throw new Stop(
        `${host} is not known to Session Manager after ${AGENT_SECONDS} s; does it run, and what does its console output say?`,
      );
    }
    await wait(POLL_MS);
  }
}
