import type { CompiledPattern } from './compiled-pattern.ts';
import { evaluate, FAILED } from './evaluate.ts';
import type { FieldValues } from './field-values.ts';
import { createFieldReader } from './field-values.ts';
import type { IndexedCombination, Postings } from './index-postings.ts';
import { buildPostings } from './index-postings.ts';
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
  // Numbers of the round in which an entry was last found, so that nothing need be cleared.
  const foundIn = new Uint32Array(entries.length);
  let round = 0;

  function match(document: unknown): string[] {
    const root = canonicalRoot(document);
    const values = reader.read(root);
    const ids: string[] = [];
    round += 1;
    if (round === 0xffff_ffff) {
      foundIn.fill(0);
      round = 1;
    }
    const tryAll = (candidates: readonly IndexedCombination[] | undefined): void => {
      if (candidates === undefined) return;
      for (const candidate of candidates) {
        if (foundIn[candidate.entry] === round || !isMet(candidate, values, root)) continue;
        foundIn[candidate.entry] = round;
        ids.push(entries[candidate.entry]?.id ?? '');
      }
    };
    tryAll(postings.always);
    for (const field of values.present) tryField(postings, field, values, tryAll);
    return ids;
  }

  return { size: entries.length, match };
}

function tryField(
  postings: Postings,
  field: number,
  values: FieldValues,
  tryAll: (candidates: readonly IndexedCombination[] | undefined) => void,
): void {
  const posting = postings.byField[field];
  if (!posting) return;
  tryAll(posting.present);
  if (posting.exact.size === 0 && posting.prefixLengths.length === 0) return;
  for (const value of values.of[field] ?? []) {
    tryAll(posting.exact.get(value));
    if (typeof value !== 'string') continue;
    for (const length of posting.prefixLengths) {
      if (length > value.length) break;
      tryAll(posting.prefix.get(value.slice(0, length)));
    }
  }
}

function isMet(candidate: IndexedCombination, values: FieldValues, root: unknown): boolean {
  if (values.needsTree) return evaluate(candidate.root, root) !== FAILED;
  let isUncertain = false;
  for (const { field, leaf } of candidate.leaves) {
    const found = values.of[field];
    if (found === undefined || found.length === 0) {
      if (!leaf.allowsAbsent) return false;
      continue;
    }
    const [first] = found;
    if (found.length === 1 ? !leaf.test(first ?? null) : !found.some(leaf.test)) {
      // Absent in one element of an array and present in another: only the tree can tell.
      if (!leaf.allowsAbsent) return false;
      isUncertain = true;
    }
    if (values.throughArray[field] === 1) isUncertain = true;
  }
  return !isUncertain || evaluate(candidate.root, root) !== FAILED;
}
