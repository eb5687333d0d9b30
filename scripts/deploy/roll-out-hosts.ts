import { awaitVersion } from './lib/await-version.ts';
import { aws, awsOrNull } from './lib/aws.ts';
import { readDeployment, type Deployment, type ReleaseRecord } from './lib/deployment.ts';
import { listHosts, runOnHost } from './lib/hosts.ts';
import { readManifest, type Manifest } from './lib/manifest.ts';
import { runProgram, Stop } from './lib/program.ts';
import { artifactKey } from './lib/release-keys.ts';

const HOST_SECONDS = 900;

await runProgram({
  path: 'scripts/deploy/roll-out-hosts.ts',
  summary:
    'Puts an uploaded release on every host of an environment, one after the other, and asks it through the content delivery network. Where one of these fails, all hosts go back. Hosts that start later take the release that was proved last.',
  options: {
    deployment: {
      value: 'FILE',
      isRequired: true,
      help: 'Output "deployment" of Terraform, as JSON.',
    },
    manifest: { value: 'FILE', isRequired: true, help: 'Manifest of the release.' },
    url: {
      value: 'URL',
      help: 'What people and senders use; left out: the url of the deployment.',
    },
    seconds: {
      value: 'N',
      default: '120',
      help: 'How long the answer through the network may take to come.',
    },
  },
  async run({ text, log, isDryRun }) {
    const deployment = await readDeployment(text('deployment'));
    const { manifest } = await readManifest(text('manifest'));
    const url = text('url') || deployment.url;
    if (url === undefined) throw new Stop('Name --url: the deployment has none.', 2);
    const record = describeRelease(deployment, manifest, url);
    const hosts = await listHosts(deployment);
    if (hosts.length === 0) throw new Stop(`${deployment.name} has no host in service.`);
    if (isDryRun) {
      log(`would put ${manifest.version} on ${hosts.join(', ')}, then ask ${url}`);
      return;
    }
    const former = await readRecord(deployment, 'release');
    await writeRecord(deployment, 'candidate', record);
    const done: string[] = [];
    try {
      // A growing fleet may start hosts meanwhile: they come up with the former release.
      for (let next: string | undefined = hosts[0]; next !== undefined;) {
        log(`${next}: ${manifest.version}`);
        done.push(next);
        log(await runOnHost(next, 'signalbox-release candidate', HOST_SECONDS));
        next = (await listHosts(deployment)).find((host) => !done.includes(host));
      }
      const door = { name: 'The gateway through the content delivery network', url };
      await awaitVersion(door, manifest.version, Number(text('seconds')));
    } catch (error) {
      throw await takeBack(error, former, done);
    }
    await writeRecord(deployment, 'release', record);
    log(`${manifest.version} runs on ${done.join(', ')} and answers at ${url}`);
  },
});

/** Has every host that was touched take the former release again. Answers the error to end with. */
async function takeBack(
  error: unknown,
  former: ReleaseRecord | null,
  hosts: readonly string[],
): Promise<Stop> {
  const reason = error instanceof Error ? error.message : String(error);
  if (former === null) return new Stop(`${reason}\nThere is no former release to go back to.`);
  const outcomes = await Promise.all(
    hosts.map((host) =>
      runOnHost(host, 'signalbox-release release', HOST_SECONDS).then(
        () => `${host} is back at ${former.version}`,
        (second: unknown) => `${host} could not go back: ${String(second)}`,
      ),
    ),
  );
  return new Stop([reason, ...outcomes].join('\n'));
}

function describeRelease(deployment: Deployment, manifest: Manifest, url: string): ReleaseRecord {
  return {
    version: manifest.version,
    artifact: `s3://${deployment.artifacts_bucket}/${artifactKey(manifest.version)}`,
    sha256: manifest.sha256,
    backups: `s3://${deployment.backups_bucket}`,
    publicUrl: url,
    shape: deployment.shape,
    originName: deployment.origin_name,
  };
}

async function readRecord(deployment: Deployment, name: string): Promise<ReleaseRecord | null> {
  const found = await awsOrNull<{ Parameter: { Value: string } }>(
    ...['ssm', 'get-parameter', '--name', `${deployment.settings_path}${name}`],
  );
  return found === null ? null : (JSON.parse(found.Parameter.Value) as ReleaseRecord);
}

async function writeRecord(
  deployment: Deployment,
  name: string,
  record: ReleaseRecord,
): Promise<void> {
  await aws(
    ...['ssm', 'put-parameter', '--overwrite', '--type', 'String'],
    ...['--name', `${deployment.settings_path}${name}`, '--value', JSON.stringify(record)],
  );
}
