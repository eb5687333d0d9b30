import type { ApiRequest } from './base-query.ts';
import type { ApiProblem } from './problem.ts';

export interface Page<T> {
  data: T[];
  nextCursor: string | null;
}
/** Where a page begins: a cursor of the server's, or a time after the list was shortened there. */
export type PageStart = { cursor: string } | { before: string } | null;
export interface Pages<T> {
  pages: Page<T>[];
  pageParams: PageStart[];
}

/** All rows of the pages loaded so far, each once. */
export function flatten<T extends { id: string }>(pages: Pages<T> | undefined): T[] {
  if (pages === undefined) return [];
  const seen = new Set<string>();
  return pages.pages
    .flatMap((page) => page.data)
    .filter((row) => !seen.has(row.id) && seen.add(row.id));
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
