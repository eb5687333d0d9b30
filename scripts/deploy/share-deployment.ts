import { readFile, writeFile } from 'node:fs/promises';
import { aws } from './lib/aws.ts';
import { readDeployment } from './lib/deployment.ts';
import { runProgram, Stop } from './lib/program.ts';

await runProgram({
  path: 'scripts/deploy/share-deployment.ts',
  summary:
    'Keeps what Terraform says of an environment where deployments may read it: they need no access to the state, which holds more. --from after an apply, --to before a deployment.',
  options: {
    environment: { value: 'NAME', isRequired: true, help: 'Such as dev.' },
    from: {
      value: 'FILE',
      help: 'What "terraform output -json" wrote; it is put into the parameter store.',
    },
    to: { value: 'FILE', help: 'Where what is in the parameter store is written to.' },
  },
  async run({ text, change }) {
    const name = `/signalbox-${text('environment')}/deployment`;
    const [from, to] = [text('from'), text('to')];
    if ((from === '') === (to === '')) throw new Stop('Name either --from or --to.', 2);
    if (from !== '') {
      const { deployment, url } = JSON.parse(await readFile(from, 'utf8')) as Record<
        string,
        { value: unknown }
      >;
      if (deployment === undefined) throw new Stop(`${from} holds no output "deployment".`, 2);
      const value = JSON.stringify({ ...(deployment.value as object), url: url?.value });
      await change(`put ${name}`, () =>
        aws(
          ...['ssm', 'put-parameter', '--overwrite', '--type', 'String'],
          ...['--name', name, '--value', value],
        ),
      );
      return;
    }
    await change(`write ${to} from ${name}`, async () => {
      const { Parameter } = await aws<{ Parameter: { Value: string } }>(
        ...['ssm', 'get-parameter', '--name', name],
      );
      await writeFile(to, Parameter.Value);
      await readDeployment(to);
    });
  },
});
