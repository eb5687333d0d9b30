import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { runScript } from '../support/run-script.ts';

const TOKEN = 'token-of-the-workflow';
const ON_REQUEST = '/repos/example/signalbox/issues/7/comments';
const ONE_COMMENT = /^\/repos\/example\/signalbox\/issues\/comments\/(\d+)$/;

let folder: string;
let github: Server;
/** What is on pull request 7. */
let comments: { id: number; body: string }[];
let changes: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signalbox-plan-'));
  github = createServer((request, response) => {
    void text(request).then((sent) => {
      const [status, value] = answerAsGitHub(request, sent);
      response.writeHead(status).end(JSON.stringify(value));
    });
  }).listen(0, '127.0.0.1');
  await once(github, 'listening');
});

afterAll(async () => {
  github.close();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(() => {
  comments = [];
  changes = [];
});

/** Comments as GitHub's API has them: status and answer. */
function answerAsGitHub(
  { url, method, headers }: IncomingMessage,
  sent: string,
): [number, unknown] {
  const { pathname, searchParams } = new URL(url ?? '/', 'http://github');
  if (headers.authorization !== `Bearer ${TOKEN}`) return [401, { message: 'Bad credentials' }];
  if (method !== 'GET') changes.push(`${method} ${pathname}`);
  const one = comments.find(({ id }) => String(id) === ONE_COMMENT.exec(pathname)?.[1]);
  if (method === 'GET' && pathname === ON_REQUEST) {
    const size = Number(searchParams.get('per_page'));
    const page = Number(searchParams.get('page'));
    return [200, comments.slice(size * (page - 1), size * page)];
  }
  if (method === 'POST' && pathname === ON_REQUEST) {
    const comment = { id: comments.length + 1, ...(JSON.parse(sent) as { body: string }) };
    comments.push(comment);
    return [201, comment];
  }
  if (method === 'PATCH' && one !== undefined) {
    return [200, Object.assign(one, JSON.parse(sent))];
  }
  return [404, { message: 'Not Found' }];
}

async function comment(environment: string, plan: string, ...more: string[]) {
  const file = join(folder, 'plan.txt');
  await writeFile(file, plan);
  return runScript(
    'scripts/comment-plan.ts',
    ['--plan', file, '--environment', environment, '--pull-request', '7', ...more],
    {
      GITHUB_API_URL: `http://127.0.0.1:${(github.address() as AddressInfo).port}`,
      GITHUB_REPOSITORY: 'example/signalbox',
      GH_TOKEN: TOKEN,
    },
  );
}
const bodies = () => comments.map(({ body }) => body);

describe('a plan on a pull request', () => {
  test('is a comment with its summary in sight and the rest folded', async () => {
    const plan =
      '# aws_instance.this will be created\n\nPlan: 1 to add, 0 to change, 0 to destroy.\n';
    expect(await comment('dev', plan)).toMatchObject({ code: 0 });
    const [body = ''] = bodies();
    const [seen = '', folded = ''] = body.split('<details>');
    expect(seen).toContain('### Terraform: dev\n\nPlan: 1 to add, 0 to change, 0 to destroy.\n');
    expect(folded).toContain('# aws_instance.this will be created');
  });

  test('takes the place of the one before of its environment, and of nothing else', async () => {
    comments = [{ id: 1, body: 'Looks good. ### Terraform: dev' }];
    for (const environment of ['dev', 'production'])
      await comment(environment, 'No changes. First.');
    expect(await comment('dev', 'No changes. Second.')).toMatchObject({ code: 0 });
    expect(bodies()).toEqual([
      'Looks good. ### Terraform: dev',
      expect.stringContaining('### Terraform: dev\n\nNo changes. Second.'),
      expect.stringContaining('### Terraform: production\n\nNo changes. First.'),
    ]);
  });

  test('finds the one before on a later page of a long discussion', async () => {
    comments = Array.from({ length: 120 }, (_, index) => ({ id: index + 1, body: 'A remark.' }));
    await comment('dev', 'No changes. First.');
    await comment('dev', 'No changes. Second.');
    expect(comments).toHaveLength(121);
    expect(bodies().at(-1)).toContain('No changes. Second.');
  });

  test('that is too long for a comment is cut, and says so', async () => {
    expect(await comment('dev', `No changes. All.\n${'x'.repeat(100_000)}`)).toMatchObject({
      code: 0,
    });
    const [body = ''] = bodies();
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(body).toContain('the rest is in the log');
  });

  test('with --dry-run is not sent', async () => {
    expect(await comment('dev', 'No changes. All.', '--dry-run')).toMatchObject({
      code: 0,
      output: expect.stringContaining('would comment on pull request 7'),
    });
    expect(changes).toEqual([]);
  });

  test('that GitHub refuses fails with what it says', async () => {
    const { code, output } = await comment('dev', 'No changes. All.', '--pull-request', '8');
    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining('404') });
    expect(output).toContain('Not Found');
  });
});
