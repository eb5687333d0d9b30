import { joinRows, type Rows } from '../lib/rows.ts';
import type { ApiRequest } from './base-query.ts';
import type { ApiProblem } from './problem.ts';

export interface Page<T> {
  data: T[];
  nextCursor: string | null;
}
/**
 * Where a page begins: `cursor` is the server's; `before` is the time at which the list was shortened, a filter that every cursor which
 * follows from it belongs to.
 */
export type PageStart = { cursor?: string; before?: string } | null;
export interface Pages<T> {
  pages: Page<T>[];
  pageParams: PageStart[];
}

interface Row {
  id: string;
}
interface Distinct {
  before: readonly Row[];
  rows: readonly Row[];
}
/** What is left of a page beside the page before it, as long as both are the same. */
const kept = new WeakMap<readonly Row[], Distinct>();
const NO_ROWS: readonly Row[] = [];

/**
 * All rows of the pages loaded so far, each once. A row can stand twice only where one page follows another: put in by the
 * stream and then read with the next page. Pages that did not change cost nothing, so that a busy stream stays smooth
 * however far one has scrolled.
 */
export function flatten<T extends Row>(pages: Pages<T> | undefined): Rows<T> {
  let before = NO_ROWS;
  const parts = (pages?.pages ?? []).map(({ data }) => {
    const rows = distinctRows(data, before);
    if (data.length > 0) before = data;
    return rows as readonly T[];
  });
  return joinRows(parts);
}

function distinctRows(data: readonly Row[], before: readonly Row[]): readonly Row[] {
  const known = kept.get(data);
  if (known?.before === before) return known.rows;
  const seen = new Set(before.map(({ id }) => id));
  const rows = data.filter(({ id }) => !seen.has(id) && seen.add(id));
  kept.set(data, { before, rows });
  return rows;
}

const MOST_PAGES = 10;
const PAGE_SIZE = 200;
interface Answer {
  data?: unknown;
  error?: ApiProblem | undefined;
}

/** Reads every page of a short list (configuration, not events), at most 2,000 rows, into a list. */
export async function readAll<T>(
  path: string,
  fetchPage: (request: ApiRequest) => Answer | PromiseLike<Answer>,
  into: T[] = [],
): Promise<{ data: T[] } | { error: ApiProblem }> {
  let cursor: string | undefined;
  for (let count = 0; count < MOST_PAGES; count += 1) {
    const answer = await fetchPage({ path, query: { limit: PAGE_SIZE, cursor } });
    if (answer.error !== undefined) return { error: answer.error };
    const page = answer.data as Page<T>;
    into.push(...page.data);
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  return { data: into };
}
