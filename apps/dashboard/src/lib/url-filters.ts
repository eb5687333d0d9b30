import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';

/** What a screen keeps in the URL: names of repeatable and of single parameters. */
export interface FilterSpec<Many extends string, One extends string> {
  many: readonly Many[];
  one: readonly One[];
}
export type FilterValues<Many extends string, One extends string> = Partial<
  Record<Many, string[]> & Record<One, string>
>;

/** The filters in a query string; unknown and empty parameters are left out. */
export function readFilters<Many extends string, One extends string>(
  params: URLSearchParams,
  spec: FilterSpec<Many, One>,
): FilterValues<Many, One> {
  const found: Partial<Record<string, string[] | string>> = {};
  for (const name of spec.many) {
    const values = [...new Set(params.getAll(name).filter((value) => value !== ''))];
    if (values.length > 0) found[name] = values;
  }
  for (const name of spec.one) {
    const value = params.get(name);
    if (value !== null && value !== '') found[name] = value;
  }
  return found as FilterValues<Many, One>;
}

/** A copy of `params` with one filter set, or taken away when the value is empty. */
export function writeFilter(
  params: URLSearchParams,
  name: string,
  value: string | readonly string[] | undefined,
): URLSearchParams {
  const next = new URLSearchParams(params);
  next.delete(name);
  const values = value === undefined ? [] : typeof value === 'string' ? [value] : value;
  for (const item of values) if (item !== '') next.append(name, item);
  return next;
}

/** The filters of a screen, kept in the URL: they survive a reload and can be sent to a colleague. */
export function useUrlFilters<Many extends string, One extends string>(
  spec: FilterSpec<Many, One>,
) {
  const [params, setParams] = useSearchParams();
  const filters = useMemo(() => readFilters(params, spec), [params, spec]);
  const setFilter = useCallback(
    (name: Many | One, value: string | readonly string[] | undefined) => {
      setParams((current) => writeFilter(current, name, value), { replace: true });
    },
    [setParams],
  );
  /** Several at once: each change of the URL starts from what the last render showed. */
  const setFilters = useCallback(
    (changes: Partial<Record<Many | One, string>>) => {
      setParams(
        (current) =>
          Object.entries<string | undefined>(changes).reduce(
            (params, [name, value]) => writeFilter(params, name, value),
            current,
          ),
        { replace: true },
      );
    },
    [setParams],
  );
  const clear = useCallback(() => {
    setParams(
      (current) => {
        const next = new URLSearchParams(current);
        for (const name of [...spec.many, ...spec.one]) next.delete(name);
        return next;
      },
      { replace: true },
    );
  }, [setParams, spec]);
  /** What a filter of one value needs; blanks around it do not count. */
  const bind = (name: Many | One) => {
    const value: string | readonly string[] | undefined = filters[name];
    return {
      value: (typeof value === 'string' ? value : value?.[0]) ?? '',
      onChange: (next: string) => {
        setFilter(name, next.trim());
      },
    };
  };
  return {
    filters,
    setFilter,
    setFilters,
    bind,
    clear,
    isFiltered: Object.keys(filters).length > 0,
  };
}
