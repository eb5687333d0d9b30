import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const ROOT = resolve(import.meta.dirname, '../../../..');
const MOST_LINES = 400;
const MEDIAN_LINES = 80;

interface SourceFile {
  /** From the root of the repository. */
  path: string;
  text: string;
}

function readTree(folder: string): SourceFile[] {
  return readdirSync(resolve(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(ROOT, path), text: readFileSync(path, 'utf8') }));
}

const countLines = ({ text }: SourceFile): number => text.split('\n').length - 1;
const isTest = ({ path }: SourceFile): boolean => /\.test\.tsx?$/.test(path);

/** `path: what matched`, for every file in which the expression is found. */
function find(files: readonly SourceFile[], expression: RegExp): string[] {
  return files.flatMap(({ path, text }) =>
    [...text.matchAll(expression)].map(([match]) => `${path}: ${match}`),
  );
}

const sources = ['apps/api/src', 'apps/dashboard/src'].flatMap(readTree);
const tests = [...sources, ...['apps/api/test', 'apps/dashboard/e2e'].flatMap(readTree)].filter(
  isTest,
);
const gateway = sources.filter((file) => file.path.startsWith('apps/api/src/') && !isTest(file));

describe('the files of the repository', () => {
  test('are short: half of them fit in 80 lines, and none is above 400', () => {
    expect(sources.length).toBeGreaterThan(300);
    const lengths = sources.map(countLines).sort((a, b) => a - b);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(MEDIAN_LINES);
    expect(sources.filter((file) => countLines(file) > MOST_LINES).map(({ path }) => path)).toEqual(
      [],
    );
  });
});

describe('the tests', () => {
  const titles = /\b(?:test|describe)(?:\.each\((?:[^()]|\([^()]*\))*\))?\(\s*(['"`]).*?\1/gs;

  test('have titles that promise something definite', () => {
    const found = find(tests, titles);
    expect(found.length).toBeGreaterThan(800);
    expect(found.filter((title) => /\b(?:should|works)\b/.test(title))).toEqual([]);
  });

  test('await signals and never sleep', () => {
    expect(find(tests, /\bsetTimeout\(|\bsleep\(|timers\/promises|waitForTimeout\(/g)).toEqual([]);
  });

  test('are all run: none is skipped, focused or left for later', () => {
    expect(find(tests, /\b(?:test|describe|it)\.(?:skip|only|todo|failing)\b/g)).toEqual([]);
  });
});

describe('answers of the gateway', () => {
  test('are written by the HTTP pipeline alone: routes and controllers return them', () => {
    const others = gateway.filter(
      ({ path }) =>
        !/^apps\/api\/src\/http\/(?!routes\/|controllers\/)/.test(path) &&
        !path.includes('/testing/'),
    );
    expect(others.length).toBeGreaterThan(100);
    expect(
      find(others, /\bres(?:ponse)?\.(?:status|json|send|end|setHeader|writeHead)\(/g),
    ).toEqual([]);
  });

  test('are problem documents in one place, but for requests that are not HTTP', () => {
    const homes = find(gateway, /['`]content-type'?: ['"]?application\/problem\+json/g);
    expect(homes.map((home) => home.split(':')[0])).toEqual([
      'apps/api/src/http/answer-client-error.ts',
      'apps/api/src/http/problem.ts',
    ]);
  });
});
