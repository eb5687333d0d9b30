import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { runScript } from '../support/run-script.ts';

const ROOT = resolve(import.meta.dirname, '../../../..');
const FOLDER = resolve(ROOT, '.github/workflows');

const workflows = readdirSync(FOLDER).map((name) => ({
  name,
  text: readFileSync(resolve(FOLDER, name), 'utf8'),
}));
const find = (text: string, expression: RegExp): string[] =>
  [...text.matchAll(expression)].map(([, found = '']) => found);

const called = [
  ...new Set(workflows.flatMap(({ text }) => find(text, /\b(scripts\/[\w./-]+\.(?:ts|sh))\b/g))),
].sort();
const programs = readdirSync(resolve(ROOT, 'scripts/deploy'))
  .filter((name) => name.endsWith('.ts'))
  .map((name) => `scripts/deploy/${name}`);

describe.each(workflows)('$name', ({ text }) => {
  test('pins every action by its commit, with the version beside it', () => {
    const actions = find(text, /uses: *(.+)/g);
    expect(actions.length).toBeGreaterThan(0);
    expect(actions.filter((action) => !/^[\w./-]+@[0-9a-f]{40} # v\d/.test(action))).toEqual([]);
  });

  test('gives no right by default, and bounds the time of every job', () => {
    expect(text).toMatch(/^permissions: \{\}$/m);
    expect(text).toMatch(/^concurrency:$/m);
    const jobs = find(text.slice(text.indexOf('\njobs:')), /^ {2}([\w-]+):$/gm);
    expect(jobs.length).toBeGreaterThan(0);
    expect(find(text, /^ {4}(timeout-minutes): \d+$/gm)).toHaveLength(jobs.length);
    expect(find(text, /^ {4}(permissions):$/gm)).toHaveLength(jobs.length);
  });

  test('puts nothing that others write into a line of shell', () => {
    const lines = find(text, /run: ((?:[>|]-?\n(?: {10,}.*\n)+)|.*)/g);
    expect(lines.filter((line) => line.includes('${{'))).toEqual([]);
  });
});

describe('what workflows call', () => {
  test('refuses an option that it does not know', async () => {
    const [path = ''] = programs;
    expect(await runScript(path, ['--no-such-option'])).toMatchObject({ code: 2 });
  });

  test('is there', () => {
    expect(called.length).toBeGreaterThan(5);
    expect(called.filter((path) => !existsSync(resolve(ROOT, path)))).toEqual([]);
  });

  test.each([...new Set([...called, ...programs])].filter((path) => path.endsWith('.ts')))(
    '%s says what it does and knows --dry-run',
    async (path) => {
      const { code, output } = await runScript(path, ['--help']);
      expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('--dry-run') });
      expect(output).toContain(`node ${path}`);
    },
  );
});
