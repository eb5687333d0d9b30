import type { Resource, ResourceKind } from '../../domain/resources.ts';
import type { Services } from '../services.ts';

const PAGE = 200;
const MOST_PAGES = 50;

/** All children of a record, newest first (at most 10,000). */
export async function listAll<K extends ResourceKind>(
  services: Pick<Services, 'store'>,
  kind: K,
  parentId: string,
): Promise<Resource<K>[]> {
  const found: Resource<K>[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { items, nextCursor }: { items: Resource<K>[]; nextCursor: string | null } =
      await services.store.listResources(kind, { parentId }, { limit: PAGE, cursor });
    found.push(...items);
    if (nextCursor === null) break;
    cursor = nextCursor;
  }
  return found;
}
