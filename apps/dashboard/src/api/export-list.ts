import { useCallback } from 'react';
import { baseApi } from './base-api.ts';
import type { QueryValue } from './base-query.ts';
import type { Page } from './pages.ts';
import { asProblem, type ApiProblem } from './problem.ts';

/** No export holds more rows. */
const MOST_EXPORTED_ROWS = 10_000;
const NO_FILTER = {};
const PAGE_SIZE = 200;

interface Exported {
  rows: object[];
  /** There were more rows than an export may hold. */
  isCut: boolean;
}
interface ExportRequest {
  path: string;
  query: Readonly<Record<string, QueryValue>>;
}

const exportApi = baseApi.injectEndpoints({
  endpoints: (build) => ({
    exportList: build.mutation<Exported, ExportRequest>({
      async queryFn({ path, query }, _api, _extra, fetchPage) {
        const rows: object[] = [];
        let cursor: string | undefined;
        while (rows.length < MOST_EXPORTED_ROWS) {
          const answer = await fetchPage({ path, query: { ...query, limit: PAGE_SIZE, cursor } });
          if (answer.error !== undefined) return { error: answer.error };
          const page = answer.data as Page<object>;
          rows.push(...page.data);
          if (page.nextCursor === null) return { data: { rows, isCut: false } };
          cursor = page.nextCursor;
        }
        return { data: { rows, isCut: true } };
      },
    }),
  }),
});

/** What an export of a list with these filters needs: how many rows at most, and how to read them. */
export function useExport(path: string, query: ExportRequest['query'] = NO_FILTER) {
  const [ask] = exportApi.useExportListMutation();
  const read = useCallback(async (): Promise<Exported | ApiProblem> => {
    const { data, error } = await ask({ path, query });
    return data ?? asProblem(error);
  }, [ask, path, query]);
  return { mostRows: MOST_EXPORTED_ROWS, read };
}
