import type { CompiledPattern, Leaf, Scalar } from './compiled-pattern.ts';
import { evaluate } from './evaluate.ts';
import type { FieldValues } from './field-values.ts';
import { createFieldReader } from './field-values.ts';
import type { FieldPostings, IndexedCombination, Postings } from './index-postings.ts';
import { buildPostings } from './index-postings.ts';
import { createMatchBudget, spend, type MatchBudget } from './match-budget.ts';
import { FAILED } from './outcome.ts';
import { canonicalRoot } from './root-aliases.ts';

/** One subscription, as far as routing cares. */
export interface RoutingEntry {
  id: string;
  pattern: CompiledPattern;
}

/** All subscriptions, ready to be asked. */
export interface RoutingIndex {
  readonly size: number;
  /**
   * The ids of the entries whose pattern the document meets, each once, in no promised order.
   * @param document from `toDocument`
   * @throws GatewayError `invalid_event` when the entries together take too many steps
   */
  match(document: unknown): string[];
}

/**
 * Indexes patterns so that the cost of matching follows the number that could match, not the number that exist: each
 * combination waits under the rarest values that it asks for, and is tried only when the document has one of them.
 * Immutable: make a new one when an entry changes (10,000 take some tens of milliseconds).
 */
export function createRoutingIndex(entries: readonly RoutingEntry[]): RoutingIndex {
  const postings = buildPostings(entries.map((entry) => entry.pattern));
  const reader = createFieldReader(postings.fields);
  // Numbers of the round in which an entry was last found and a combination last tried, so that nothing need be cleared.
  const foundIn = new Uint32Array(entries.length);
  const triedIn = new Uint32Array(postings.combinationCount);
  let round = 0;

  function match(document: unknown): string[] {
    const root = canonicalRoot(document);
    const budget = createMatchBudget();
    const values = reader.read(root, budget);
    const ids: string[] = [];
    round += 1;
    if (round === 0xffff_ffff) {
      foundIn.fill(0);
      triedIn.fill(0);
      round = 1;
    }
    const tryAll = (candidates: Candidates): void => {
      for (const candidate of candidates) {
        if (foundIn[candidate.entry] === round || triedIn[candidate.number] === round) continue;
        triedIn[candidate.number] = round;
        if (!isMet(candidate, values, root, budget)) continue;
        foundIn[candidate.entry] = round;
        ids.push(entries[candidate.entry]?.id ?? '');
      }
    };
    tryAll(postings.always);
    for (const field of values.present) tryField(postings, field, values, budget, tryAll);
    return ids;
  }

  return { size: entries.length, match };
}

type Candidates = readonly IndexedCombination[];

function tryField(
  postings: Postings,
  field: number,
  values: FieldValues,
  budget: MatchBudget,
  tryAll: (candidates: Candidates) => void,
): void {
  const posting = postings.byField[field];
  if (!posting) return;
  tryAll(posting.present);
  if (posting.exact.size === 0 && posting.prefixLengths.length === 0) return;
  const found = values.of[field] ?? [];
  if (found.length === 1) {
    lookUp(posting, found[0] ?? null, tryAll);
    return;
  }
  // Many elements of an array may lead to the same candidates.
  const lists = new Set<Candidates>();
  for (const value of new Set(found)) {
    spend(budget, 1 + posting.prefixLengths.length);
    lookUp(posting, value, (candidates) => lists.add(candidates));
  }
  lists.forEach(tryAll);
}

function lookUp(
  posting: FieldPostings,
  value: Scalar,
  use: (candidates: Candidates) => void,
): void {
  const exact = posting.exact.get(value);
  if (exact !== undefined) use(exact);
  if (typeof value !== 'string') return;
  for (const length of posting.prefixLengths) {
    if (length > value.length) break;
    const candidates = posting.prefix.get(value.slice(0, length));
    if (candidates !== undefined) use(candidates);
  }
}

function isMet(
  candidate: IndexedCombination,
  values: FieldValues,
  root: unknown,
  budget: MatchBudget,
): boolean {
  if (values.needsTree) return evaluate(candidate.root, root, budget) !== FAILED;
  let isUncertain = false;
  for (const { field, leaf } of candidate.leaves) {
    const found = values.of[field];
    if (found === undefined || found.length === 0) {
      if (!leaf.allowsAbsent) return false;
      continue;
    }
    const [first] = found;
    if (found.length === 1 ? !leaf.test(first ?? null) : !meetsAny(leaf, found, budget)) {
      // Absent in one element of an array and present in another: only the tree can tell.
      if (!leaf.allowsAbsent) return false;
      isUncertain = true;
    }
    if (values.throughArray[field] === 1) isUncertain = true;
  }
  return !isUncertain || evaluate(candidate.root, root, budget) !== FAILED;
}

function meetsAny(leaf: Leaf, found: readonly Scalar[], budget: MatchBudget): boolean {
  for (const value of found) {
    spend(budget, 1);
    if (leaf.test(value)) return true;
  }
  return false;
}
