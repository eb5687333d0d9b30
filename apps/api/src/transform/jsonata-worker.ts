import { parentPort, workerData } from 'node:worker_threads';
import type { Transform } from '../domain/resources.ts';
import { isSameTransform } from './is-same-transform.ts';
import { compileJsonata, describeJsonataError } from './jsonata-expression.ts';
import type { Expression } from './jsonata-expression.ts';
import { PROGRESS_JOB, PROGRESS_START } from './jsonata-job.ts';
import type { JsonataJob, JsonataOutcome, JsonataReply, JsonataWorkerData } from './jsonata-job.ts';
import { createBoundedCache } from '../domain/bounded-cache.ts';
import { headerValueOf, pathOf } from './request-parts.ts';

/** Longest that finished results wait for others of the same batch. */
const FLUSH_MS = 2;

interface CompiledTransform {
  transform: Transform;
  body: Expression;
  headers: (readonly [string, Expression])[];
  path: Expression | null;
}

const { progress, outputBytes, depth, cachedTransforms } = workerData as JsonataWorkerData;
const shared = new Float64Array(progress);
const cache = createBoundedCache<CompiledTransform>(cachedTransforms);

function compile({ key, transform }: JsonataJob): CompiledTransform {
  const known = cache.get(key);
  if (known && isSameTransform(known.transform, transform)) return known;
  const compiled = {
    transform,
    body: compileJsonata(transform.body, depth),
    headers: Object.entries(transform.headers ?? {}).map(
      ([name, source]) => [name, compileJsonata(source, depth)] as const,
    ),
    path: transform.path === undefined ? null : compileJsonata(transform.path, depth),
  };
  cache.set(key, compiled);
  return compiled;
}

async function run(job: JsonataJob): Promise<JsonataOutcome> {
  try {
    const compiled = compile(job);
    const input: unknown = JSON.parse(job.structured);
    const result = await compiled.body(input);
    if (result === undefined) return { outcome: 'skip' };
    const body = print(result);
    const headers: Record<string, string> = {};
    for (const [name, expression] of compiled.headers) {
      const value = headerValueOf(name, await expression(input));
      if (value !== undefined) headers[name] = value;
    }
    const path = compiled.path ? pathOf(await compiled.path(input)) : null;
    return { outcome: 'ok', body, headers, path };
  } catch (error) {
    return { outcome: 'failed', ...describeJsonataError(error) };
  }
}

function print(result: unknown): string {
  if (isFunction(result)) throw new Error('The result is a function, not a value.');
  const text = JSON.stringify(result, (_, value: unknown) =>
    isFunction(value) ? undefined : value,
  );
  if (Buffer.byteLength(text) > outputBytes) {
    throw new Error(`The result is longer than ${outputBytes} bytes.`);
  }
  return text;
}

function isFunction(value: unknown): boolean {
  if (typeof value === 'function') return true;
  return (
    typeof value === 'object' &&
    value !== null &&
    ('_jsonata_lambda' in value || '_jsonata_function' in value)
  );
}

async function runAll(jobs: readonly JsonataJob[]): Promise<void> {
  let replies: JsonataReply[] = [];
  let lastFlush = performance.now();
  for (const job of jobs) {
    const used = process.threadCpuUsage();
    shared[PROGRESS_START] = used.user + used.system;
    shared[PROGRESS_JOB] = job.number;
    const outcome = await run(job);
    shared[PROGRESS_JOB] = 0;
    replies.push({ number: job.number, outcome });
    if (performance.now() - lastFlush > FLUSH_MS) {
      parentPort?.postMessage(replies);
      replies = [];
      lastFlush = performance.now();
    }
  }
  if (replies.length > 0) parentPort?.postMessage(replies);
}

// One batch after the other: the time limit is about the one job that runs.
let last = Promise.resolve();
parentPort?.on('message', (jobs: JsonataJob[]) => {
  last = last.then(() => runAll(jobs));
});
