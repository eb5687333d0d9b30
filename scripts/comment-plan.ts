import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command } from './deploy/lib/command.ts';
import { runProgram } from './deploy/lib/program.ts';

/** A comment takes 65,536 characters. */
const LONGEST = 60_000;

await runProgram({
  path: 'scripts/comment-plan.ts',
  summary:
    'Shows a plan of Terraform as a comment on a pull request; a later plan takes its place. Needs gh.',
  options: {
    plan: { value: 'FILE', isRequired: true, help: 'What "terraform show -no-color" wrote.' },
    environment: { value: 'NAME', isRequired: true, help: 'Whose plan it is.' },
    'pull-request': { value: 'NUMBER', isRequired: true, help: 'Where it is shown.' },
  },
  async run({ text, log, change }) {
    const body = render(text('environment'), await readFile(text('plan'), 'utf8'));
    log(body.split('\n')[2] ?? '');
    await change(`comment on pull request ${text('pull-request')}`, async () => {
      const folder = await mkdtemp(join(tmpdir(), 'signalbox-plan-'));
      try {
        const file = join(folder, 'body.md');
        await writeFile(file, body);
        const number = text('pull-request');
        await command('gh', [
          'pr',
          'comment',
          number,
          '--body-file',
          file,
          '--edit-last',
          '--create-if-none',
        ]);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    });
  },
});

function render(environment: string, plan: string): string {
  const summary = /^(?:Plan: .*|No changes\..*)$/m.exec(plan)?.[0] ?? 'Terraform gave no summary.';
  const shown =
    plan.length <= LONGEST ? plan : `${plan.slice(0, LONGEST)}\n… the rest is in the log.`;
  return `### Terraform: ${environment}\n\n${summary}\n\n<details><summary>Plan</summary>\n\n\`\`\`text\n${shown}\n\`\`\`\n\n</details>\n`;
}
