import { readDeployment } from './lib/deployment.ts';
import { listHosts, runOnHost } from './lib/hosts.ts';
import { runProgram, Stop } from './lib/program.ts';

await runProgram({
  path: 'scripts/deploy/run-on-host.ts',
  summary:
    'Runs one of the host programs, such as verify-backup, on a host of an environment, as root through Session Manager: no port is open for it. What concerns the one store is done on the first host alone.',
  options: {
    deployment: {
      value: 'FILE',
      isRequired: true,
      help: 'Output "deployment" of Terraform, as JSON.',
    },
    run: { value: 'LINE', isRequired: true, help: 'Such as "signalbox-run verify-backup".' },
    seconds: { value: 'N', default: '600', help: 'How long it may take.' },
  },
  async run({ text, log, change }) {
    const deployment = await readDeployment(text('deployment'));
    const [host] = await listHosts(deployment);
    if (host === undefined) throw new Stop(`${deployment.name} has no host in service.`);
    await change(`run "${text('run')}" on ${host}`, async () =>
      log(await runOnHost(host, text('run'), Number(text('seconds')))),
    );
  },
});
