import { readFile } from 'node:fs/promises';
import { runProgram, Stop } from './deploy/lib/program.ts';

/** A comment takes 65,536 characters. */
const LONGEST = 60_000;
/** As many comments as GitHub gives at once. */
const PAGE_SIZE = 100;

await runProgram({
  path: 'scripts/comment-plan.ts',
  summary:
    'Shows a plan of Terraform as a comment on a pull request; a later plan of the same environment takes its place. Takes GH_TOKEN, GITHUB_REPOSITORY and GITHUB_API_URL from the environment, as a workflow has them.',
  options: {
    plan: { value: 'FILE', isRequired: true, help: 'What "terraform show -no-color" wrote.' },
    environment: { value: 'NAME', isRequired: true, help: 'Whose plan it is.' },
    'pull-request': { value: 'NUMBER', isRequired: true, help: 'Where it is shown.' },
  },
  async run({ text, log, change }) {
    const plan = await readFile(text('plan'), 'utf8');
    const summary =
      /^(?:Plan: .*|No changes\..*)$/m.exec(plan)?.[0] ?? 'Terraform gave no summary.';
    // Environments are planned side by side: each has a comment of its own.
    const mark = `<!-- plan of ${text('environment')} -->`;
    const body = `${mark}\n### Terraform: ${text('environment')}\n\n${summary}\n\n${fold(plan)}`;
    log(summary);
    await change(`comment on pull request ${text('pull-request')}`, async () => {
      const comments = `issues/${text('pull-request')}/comments`;
      const former = await findComment(comments, mark);
      if (former === null) await callGitHub('POST', comments, { body });
      else await callGitHub('PATCH', `issues/comments/${former}`, { body });
    });
  },
});

function fold(plan: string): string {
  const shown =
    plan.length <= LONGEST ? plan : `${plan.slice(0, LONGEST)}\n… the rest is in the log.`;
  return `<details><summary>Plan</summary>\n\n\`\`\`text\n${shown}\n\`\`\`\n\n</details>\n`;
}

/** The id of the comment that begins with a mark; null where there is none. */
async function findComment(comments: string, mark: string): Promise<number | null> {
  for (let page = 1; ; page += 1) {
    const path = `${comments}?per_page=${PAGE_SIZE}&page=${page}`;
    const found = (await callGitHub('GET', path)) as { id: number; body: string }[];
    const ours = found.find(({ body }) => body.startsWith(mark));
    if (ours !== undefined) return ours.id;
    if (found.length < PAGE_SIZE) return null;
  }
}

/** @param path below the repository */
async function callGitHub(method: string, path: string, content?: object): Promise<unknown> {
  const { GITHUB_API_URL = 'https://api.github.com', GITHUB_REPOSITORY, GH_TOKEN } = process.env;
  if (!GITHUB_REPOSITORY || !GH_TOKEN) {
    throw new Stop('GITHUB_REPOSITORY (such as owner/name) and GH_TOKEN must be set.', 2);
  }
  const response = await fetch(`${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}/${path}`, {
    method,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${GH_TOKEN}`,
      'x-github-api-version': '2022-11-28',
    },
    ...(content === undefined ? {} : { body: JSON.stringify(content) }),
  });
  if (response.ok) return response.json();
  const words = (await response.text()).slice(0, 500);
  throw new Stop(`GitHub answers ${response.status} to ${method} ${path}: ${words}`);
}
