import { createRequire } from 'node:module';
import type { CompiledPattern } from '../../apps/api/src/routing/compiled-pattern.ts';
import { compilePattern } from '../../apps/api/src/routing/compile-pattern.ts';
import { matchPattern } from '../../apps/api/src/routing/match-pattern.ts';
import { createRoutingIndex } from '../../apps/api/src/routing/routing-index.ts';
import { toDocument } from '../../apps/api/src/routing/to-document.ts';

/**
 * Times the routing of one event (a GitHub push of about 7 KB, already parsed) at several numbers of subscriptions.
 * Prints the median over rounds in microseconds, the time to build the index, and the same one by one.
 */
const ROUNDS = 21;
const ROUND_MS = 40;

interface Example {
  name: string;
  examples: Record<string, unknown>[];
}

function examplePush(): Record<string, unknown> {
  const examples = createRequire(import.meta.url)('@octokit/webhooks-examples') as Example[];
  const push = examples.find(({ name }) => name === 'push')?.examples[0];
  if (!push) throw new Error('The package of examples has no push.');
  return push;
}

/** Eight kinds of subscription in turn; about one in a hundred wants the push. */
function patternOf(number: number, repository: string): Record<string, unknown> {
  const wanted = number % 100 === 0;
  const type = wanted ? 'com.github.push' : `com.example.type${number % 400}`;
  const source = [wanted ? 'https://github.com' : `https://app${number % 50}.example.com`];
  const data = { repository: { full_name: [wanted ? repository : `team/project${number}`] } };
  switch (Math.floor(number / 100) % 8) {
    case 0:
      return { type: [type] };
    case 1:
      return { type: [type], source };
    case 2:
      return { type: [type, 'com.example.other'], data };
    case 3:
      return {
        type: [type],
        data: { pusher: { email: [{ suffix: '@users.noreply.github.com' }] } },
      };
    case 4:
      return {
        source,
        data: { ref: [{ prefix: 'refs/' }], repository: { id: [{ numeric: ['>', 1] }] } },
      };
    case 5:
      return { type: [type], data: { repository: { private: [false], fork: [{ exists: true }] } } };
    case 6:
      return { $or: [{ type: [type] }, { data: { action: [`action${number}`] } }] };
    default:
      return {
        type: [wanted ? { prefix: 'com.github.' } : { prefix: `com.example.type${number % 400}.` }],
        source,
      };
  }
}

/** Median microseconds of one call. */
function timeOf(call: () => number): number {
  const medians: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    let calls = 0;
    let elapsed = 0;
    while (elapsed < ROUND_MS) {
      for (let index = 0; index < 20; index += 1) call();
      calls += 20;
      elapsed = performance.now() - start;
    }
    medians.push((elapsed * 1000) / calls);
  }
  medians.sort((a, b) => a - b);
  return medians[Math.floor(ROUNDS / 2)] ?? Number.NaN;
}

function measure(count: number, document: unknown, repository: string): void {
  const entries = Array.from(
    { length: count },
    (_, number): { id: string; pattern: CompiledPattern } => ({
      id: `sub_${number}`,
      pattern: compilePattern(patternOf(number, repository)),
    }),
  );
  const start = performance.now();
  const index = createRoutingIndex(entries);
  const buildMs = performance.now() - start;
  const matches = index.match(document).length;
  const indexed = timeOf(() => index.match(document).length);
  const oneByOne = timeOf(
    () => entries.filter(({ pattern }) => matchPattern(pattern, document)).length,
  );
  console.log(
    `${String(count).padStart(7)} subscriptions, ${String(matches).padStart(4)} match: ` +
      `${indexed.toFixed(2)} µs indexed, ${oneByOne.toFixed(1)} µs one by one, built in ${buildMs.toFixed(1)} ms`,
  );
}

const push = examplePush();
const document = toDocument({
  eventId: '1',
  source: 'https://github.com',
  type: 'com.github.push',
  subject: null,
  time: '2026-01-01T00:00:00Z',
  extensions: {},
  dataKind: 'json',
  data: Buffer.from(JSON.stringify(push)),
});
const repository = (push['repository'] as { full_name: string }).full_name;
for (const count of [10, 1000, 10_000]) measure(count, document, repository);
