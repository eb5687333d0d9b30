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
  const isBelow = (row: T) => hasMore && timeOf(row) <= timeOf(oldest) && !ids.has(row.id);
  // The first page stays even where nothing of it is left: a list begins with its newest rows.
  const above =
    before === undefined
      ? []
      : partsOf(list, (row) => timeOf(row) >= before).filter(
          ({ page }, index) => index === 0 || page.data.length > 0,
        );
  const below = partsOf(list, isBelow).filter(({ page }) => page.data.length > 0);
  const between = read.pages.map((page, index) => ({
    page,
    start: read.pageParams[index] ?? null,
  }));
  const parts = [...above, ...between, ...below];
  return { pages: parts.map(({ page }) => page), pageParams: parts.map(({ start }) => start) };
}

function partsOf<T>(
  { pages, pageParams }: Pages<T>,
  isIn: (row: T) => boolean,
): { page: Page<T>; start: PageStart }[] {
  return pages.map((page, index) => ({
    page: page.data.every(isIn) ? page : { ...page, data: page.data.filter(isIn) },
    start: pageParams[index] ?? null,
  }));
}
