import type { Page, Pages, PageStart } from './pages.ts';

/**
 * A newest-first list of which a part was read again: what lies above and below that part stays as it was, so that nobody who reads there loses
 * their place. Pages that lie outside it stay the same objects.
 */
export function putBack<T extends { id: string }>(
  list: Pages<T>,
  read: Pages<T>,
  timeOf: (row: T) => string,
): Pages<T> {
  const before = read.pageParams[0]?.before;
  const ids = new Set(read.pages.flatMap(({ data }) => data.map(({ id }) => id)));
  const end = read.pages.at(-1);
  const oldest = end?.data.at(-1);
  const hasMore = end?.nextCursor !== null && oldest !== undefined;
  const isBelow: Part<T> = hasMore
    ? {
        isIn: (row) => timeOf(row) <= timeOf(oldest) && !ids.has(row.id),
        isWhole: (newest) => timeOf(newest) < timeOf(oldest),
        isOut: (_newest, last) => timeOf(last) > timeOf(oldest),
      }
    : { isIn: () => false, isWhole: () => false, isOut: () => true };
  // The first page stays even where nothing of it is left: a list begins with its newest rows.
  const above =
    before === undefined
      ? []
      : partsOf(list, {
          isIn: (row) => timeOf(row) >= before,
          isWhole: (_newest, last) => timeOf(last) >= before,
          isOut: (newest) => timeOf(newest) < before,
        }).filter(({ page }, index) => index === 0 || page.data.length > 0);
  const below = partsOf(list, isBelow).filter(({ page }) => page.data.length > 0);
  const between = read.pages.map((page, index) => ({
    page,
    start: read.pageParams[index] ?? null,
  }));
  const parts = [...above, ...between, ...below];
  return { pages: parts.map(({ page }) => page), pageParams: parts.map(({ start }) => start) };
}

/** Rows stand newest first, so the first and the last of a page mostly tell of all of it: a list may have very many. */
interface Part<T> {
  isIn: (row: T) => boolean;
  isWhole: (newest: T, oldest: T) => boolean;
  isOut: (newest: T, oldest: T) => boolean;
}

function partsOf<T>(
  { pages, pageParams }: Pages<T>,
  part: Part<T>,
): { page: Page<T>; start: PageStart }[] {
  return pages.map((page, index) => ({
    page: pageIn(page, part),
    start: pageParams[index] ?? null,
  }));
}

function pageIn<T>(page: Page<T>, { isIn, isWhole, isOut }: Part<T>): Page<T> {
  const [newest, oldest] = [page.data.at(0), page.data.at(-1)];
  if (newest === undefined || oldest === undefined || isWhole(newest, oldest)) return page;
  if (isOut(newest, oldest)) return { ...page, data: [] };
  const data = page.data.filter(isIn);
  return data.length === page.data.length ? page : { ...page, data };
}
