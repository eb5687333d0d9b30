import type { ApiProblem } from './problem.ts';

export interface Page<T> {
  data: T[];
  nextCursor: string | null;
}
export interface Pages<T> {
  pages: Page<T>[];
  pageParams: unknown[];
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
type Answer = { data: unknown } | { error: ApiProblem };

/** Reads every page of a short list (configuration, not events), at most 2,000 rows. */
export async function readAll<T>(
  readPage: (cursor: string | undefined) => Promise<Answer>,
): Promise<{ data: T[] } | { error: ApiProblem }> {
  const rows: T[] = [];
  let cursor: string | undefined;
  for (let count = 0; count < MOST_PAGES; count += 1) {
    const answer = await readPage(cursor);
    if ('error' in answer) return answer;
    const page = answer.data as Page<T>;
    rows.push(...page.data);
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  return { data: rows };
}
