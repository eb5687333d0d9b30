import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compilePattern } from './compile-pattern.ts';
import type { CompiledPattern, Leaf } from './compiled-pattern.ts';
import { explainPattern } from './explain-pattern.ts';
import { matchPattern } from './match-pattern.ts';
import { createRoutingIndex } from './routing-index.ts';

/** One scalar of a document with its path and, for each array around it, which element it is in. */
interface Field {
  path: string;
  value: string | number | boolean | null;
  elements: ReadonlyMap<number, number>;
}

/**
 * The rules of Event Ruler in their plainest form: the document as a flat list of fields, and a search for one field a
 * leaf such that no array is asked for two elements.
 */
function referenceMatch(pattern: CompiledPattern, document: unknown): boolean {
  const fields: Field[] = [];
  let arrays = 0;
  function walk(value: unknown, path: string, elements: ReadonlyMap<number, number>): void {
    if (Array.isArray(value)) {
      const array = arrays++;
      value.forEach((item, index) => walk(item, path, new Map(elements).set(array, index)));
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value)) {
        walk(item, path === '' ? key : `${path}.${key}`, elements);
      }
    } else fields.push({ path, value: value as Field['value'], elements });
  }
  walk(document, '', new Map());
  const agree = (a: Field['elements'], b: Field['elements']) =>
    [...a].every(([array, index]) => (b.get(array) ?? index) === index);
  function search(leaves: readonly Leaf[], chosen: Field['elements'], absent: string[]): boolean {
    const [leaf, ...rest] = leaves;
    if (!leaf) {
      return absent.every((path) =>
        fields.every((field) => field.path !== path || !agree(field.elements, chosen)),
      );
    }
    const path = leaf.path.join('.');
    const byField = fields.some(
      (field) =>
        field.path === path &&
        leaf.test(field.value) &&
        agree(field.elements, chosen) &&
        search(rest, new Map([...chosen, ...field.elements]), absent),
    );
    return byField || (leaf.allowsAbsent && search(rest, chosen, [...absent, path]));
  }
  return pattern.combinations.some(({ leaves }) => search(leaves, new Map(), []));
}

const names = fc.constantFrom('a', 'b');
const scalar = fc.constantFrom('x', 'xy', 1, null);
const { documents } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 4, arbitrary: scalar },
    { weight: 2, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
    { weight: 3, arbitrary: fc.dictionary(names, tie('value'), { maxKeys: 3 }) },
  ),
  documents: fc.dictionary(fc.constantFrom('a', 'b', 'data'), tie('value'), {
    minKeys: 3,
    maxKeys: 3,
  }),
}));
const dottedNames = fc.constantFrom('a', 'b', 'a.b', 'a.b.c', 'b.a', 'a.c');
const dottedDocuments = fc.dictionary(
  dottedNames,
  fc.oneof(scalar, fc.dictionary(fc.constantFrom('a', 'b', 'c', 'b.c'), scalar, { maxKeys: 3 })),
  { maxKeys: 5 },
);
const { dottedArrays } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    { weight: 3, arbitrary: scalar },
    { weight: 3, arbitrary: fc.array(tie('value'), { maxLength: 4 }) },
    { weight: 3, arbitrary: tie('dottedArrays') },
  ),
  dottedArrays: fc.dictionary(dottedNames, tie('value'), { maxKeys: 5 }),
}));

const alternative = fc.oneof(
  scalar,
  fc.constantFrom(
    { exists: true },
    { exists: false },
    { prefix: 'x' },
    { prefix: '' },
    { suffix: 'x' },
    { wildcard: 'x*' },
    { 'equals-ignore-case': 'x' },
    { 'anything-but': ['x'] },
    { 'anything-but': { prefix: 'x' } },
    { numeric: ['>', 0] },
    { cidr: '10.0.0.0/8' },
    { regex: '^x' },
    { 'all-of': [{ prefix: 'x' }, { suffix: 'y' }] },
  ),
);
const leaf = fc.array(alternative, { minLength: 1, maxLength: 4 });
const fieldNames = fc.constantFrom('a', 'b', 'data', 'a.b', 'b.a');
const { patterns } = fc.letrec((tie) => ({
  fields: fc.oneof({ depthSize: 'small' }, { weight: 5, arbitrary: leaf }, tie('object')),
  object: fc.dictionary(fieldNames, tie('fields'), { minKeys: 1, maxKeys: 2 }),
  or: fc.array(tie('object'), { minLength: 2, maxLength: 3 }),
  patterns: fc.oneof(
    { weight: 3, arbitrary: tie('object') },
    fc
      .tuple(tie('object'), tie('or'))
      .map(([object, branches]) => ({ ...(object as object), $or: branches })),
  ),
}));

const compiledPatterns = patterns.map(compilePattern);

describe('the three ways to match agree', () => {
  test('one by one, explained and by the plainest reading of the rules', () => {
    const seen = { matched: 0, unmatched: 0 };
    const property = fc.property(
      compiledPatterns,
      fc.oneof({ weight: 4, arbitrary: documents }, dottedDocuments),
      (pattern, document) => {
        const verdict = matchPattern(pattern, document);
        seen[verdict ? 'matched' : 'unmatched'] += 1;
        expect(verdict).toBe(referenceMatch(pattern, document));
        const explanation = explainPattern(pattern, document);
        expect(explanation.matched).toBe(verdict);
        expect(explanation.failures.length > 0).toBe(!verdict);
      },
    );
    fc.assert(property, { numRuns: 4000 });
    expect(seen.matched).toBeGreaterThan(400);
    expect(seen.unmatched).toBeGreaterThan(400);
  });

  test('indexed equals one by one, over many documents asked of one index', () => {
    const seen = { matched: 0, unmatched: 0 };
    const property = fc.property(
      fc.array(compiledPatterns, { maxLength: 12 }),
      fc.array(fc.oneof({ weight: 4, arbitrary: documents }, dottedDocuments), {
        minLength: 1,
        maxLength: 6,
      }),
      (compiled, asked) => {
        const index = createRoutingIndex(
          compiled.map((pattern, number) => ({ id: `sub_${number}`, pattern })),
        );
        for (const document of asked) {
          const expected = compiled.flatMap((pattern, number) =>
            matchPattern(pattern, document) ? [`sub_${number}`] : [],
          );
          seen.matched += expected.length;
          seen.unmatched += compiled.length - expected.length;
          expect(index.match(document).sort()).toEqual(expected.sort());
        }
      },
    );
    fc.assert(property, { numRuns: 1500 });
    expect(seen.matched).toBeGreaterThan(1000);
    expect(seen.unmatched).toBeGreaterThan(1000);
  });
});

describe('where dotted keys lead to arrays by several ways', () => {
  /** Joins one element at a time to all that stands beside it, and looks at everything each time. */
  function plainMatch(leaves: readonly Leaf[], depth: number, values: readonly unknown[]): Verdict {
    const elements = values
      .filter(Array.isArray)
      .flatMap((value) => value.flat(Infinity) as unknown[]);
    const singles = values.filter((value) => !Array.isArray(value));
    if (elements.length === 0) return judgeSingles(leaves, depth, singles);
    const verdicts = elements.map((one) => judgeSingles(leaves, depth, [...singles, one]));
    if (verdicts.includes('present')) return 'present';
    const mayBeAbsent = leaves.every(({ allowsAbsent }) => allowsAbsent);
    return mayBeAbsent && !verdicts.includes('failed') ? 'absent' : 'failed';
  }

  function judgeSingles(
    leaves: readonly Leaf[],
    depth: number,
    singles: readonly unknown[],
  ): Verdict {
    const objects = singles.filter((one) => typeof one === 'object' && one !== null);
    const scalars = singles.filter((one) => !objects.includes(one as object));
    const verdicts = leaves
      .filter(({ path }) => path.length === depth)
      .map(({ test: isMet, allowsAbsent }): Verdict => {
        if (scalars.some((one) => isMet(one as never))) return 'present';
        return scalars.length > 0 || !allowsAbsent ? 'failed' : 'absent';
      });
    const deeper = leaves.filter(({ path }) => path.length > depth);
    for (const key of new Set(deeper.map(({ path }) => path[depth] ?? ''))) {
      const below = objects.flatMap((object) => {
        const entries = Object.entries(object);
        const rest = entries.filter(([name]) => name.startsWith(`${key}.`));
        const own = entries.filter(([name]) => name === key).map(([, value]) => value as unknown);
        const cut = rest.map(([name, value]) => [name.slice(key.length + 1), value as unknown]);
        return rest.length > 0 ? [...own, Object.fromEntries(cut) as object] : own;
      });
      const under = deeper.filter(({ path }) => path[depth] === key);
      verdicts.push(plainMatch(under, depth + 1, below));
    }
    if (verdicts.includes('failed')) return 'failed';
    return verdicts.includes('present') ? 'present' : 'absent';
  }

  test('indexed, one by one, explained and the plainest join agree', () => {
    const seen = { matched: 0, unmatched: 0 };
    const property = fc.property(compiledPatterns, dottedArrays, (pattern, document) => {
      const verdict = matchPattern(pattern, document);
      seen[verdict ? 'matched' : 'unmatched'] += 1;
      const ways = pattern.combinations.map(({ leaves }) => plainMatch(leaves, 0, [document]));
      expect(verdict).toBe(ways.some((way) => way !== 'failed'));
      expect(explainPattern(pattern, document).matched).toBe(verdict);
      const index = createRoutingIndex([{ id: 'sub_1', pattern }]);
      expect(index.match(document)).toEqual(verdict ? ['sub_1'] : []);
    });
    fc.assert(property, { numRuns: 4000 });
    expect(seen.matched).toBeGreaterThan(200);
    expect(seen.unmatched).toBeGreaterThan(400);
  });
});

type Verdict = 'failed' | 'absent' | 'present';

describe('the index', () => {
  test('names a subscription once, however many of its combinations match', () => {
    const pattern = compilePattern({
      $or: [{ a: [1, 2] }, { b: [1] }, { c: [{ exists: false }] }],
    });
    const index = createRoutingIndex([{ id: 'sub_1', pattern }]);
    expect(index.match({ a: [1, 2], b: 1 })).toEqual(['sub_1']);
  });

  test('of nothing matches nothing', () => {
    expect(createRoutingIndex([]).match({ a: 1 })).toEqual([]);
  });

  test('tries only the subscriptions that could match', () => {
    let tried = 0;
    const entries = Array.from({ length: 10_000 }, (_, number) => {
      const pattern = compilePattern({
        type: [`type${number % 1000}`],
        data: { total: [{ numeric: ['>', 0] }] },
      });
      const [combination] = pattern.combinations;
      for (const item of combination?.leaves ?? []) {
        const { test: original } = item;
        item.test = (value) => {
          tried += 1;
          return original(value);
        };
      }
      return { id: `sub_${number}`, pattern };
    });
    const index = createRoutingIndex(entries);
    expect(index.match({ type: 'type7', data: { total: 5 } })).toHaveLength(10);
    expect(tried).toBeLessThanOrEqual(20);
  });
});

interface Example {
  name: string;
  examples: Record<string, unknown>[];
}

describe('real GitHub payloads', () => {
  const examples = createRequire(import.meta.url)('@octokit/webhooks-examples') as Example[];
  const written: Record<string, unknown>[] = [
    { type: ['push'], data: { ref: [{ prefix: 'refs/tags/' }] } },
    {
      type: ['push'],
      data: {
        commits: { author: { name: [{ exists: true }] }, message: [{ wildcard: 'I*commit' }] },
      },
    },
    { data: { sender: { type: ['User'] }, repository: { private: [false], fork: [false] } } },
    {
      data: { action: ['opened', 'closed'], issue: { labels: { name: ['bug'], default: [true] } } },
    },
    {
      data: {
        action: ['opened', 'closed'],
        issue: { labels: { name: ['bug'], default: [false] } },
      },
    },
    {
      data: {
        $or: [
          { pull_request: { draft: [false] } },
          { issue: { comments: [{ numeric: ['>=', 0] }] } },
        ],
      },
    },
    { data: { repository: { owner: { login: [{ 'anything-but': { prefix: 'Code' } }] } } } },
    {
      data: {
        installation: [{ exists: false }],
        'sender.login': [{ 'equals-ignore-case': 'CODERTOCAT' }],
      },
    },
    { data: { repository: { html_url: [{ regex: '^https://github\\.com/[^/]+/Hello-World$' }] } } },
  ];
  const entries = written.map((pattern, number) => ({
    id: `sub_${number}`,
    pattern: compilePattern(pattern),
  }));
  const index = createRoutingIndex(entries);

  test('are routed alike by index, one by one and by explanation', () => {
    const hits = new Map<string, number>();
    let documents = 0;
    for (const { name, examples: payloads } of examples) {
      for (const data of payloads) {
        const document = { id: '1', source: 'https://github.com', type: name, data };
        const expected = entries.filter(({ pattern }) => matchPattern(pattern, document));
        for (const { id } of expected) hits.set(id, (hits.get(id) ?? 0) + 1);
        expect(index.match(document).sort()).toEqual(expected.map(({ id }) => id).sort());
        for (const { pattern } of entries) {
          expect(explainPattern(pattern, document).matched).toBe(matchPattern(pattern, document));
        }
        documents += 1;
      }
    }
    expect(documents).toBeGreaterThan(100);
    const neverHit = entries.filter(({ id }) => !hits.has(id)).map(({ id }) => id);
    // Only the label of another kind is in none of them.
    expect(neverHit).toEqual(['sub_4']);
  });
});
