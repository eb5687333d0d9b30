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

/** Every value of a filter without a control, and all but the first of one that has a control. */
function valuesBeside(
  filters: Readonly<Record<string, string | readonly string[] | undefined>>,
  controls: readonly string[],
): { name: string; value: string }[] {
  return Object.entries(filters).flatMap(([name, values = []]) =>
    (typeof values === 'string' ? [values] : values)
      .slice(controls.includes(name) ? 1 : 0)
      .map((value) => ({ name, value })),
  );
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
  /** What a filter of a span of time needs: both ends are written at once, as one change does not see the other. */
  const bindSpan = (after: One, before: One) => {
    const values: Partial<Record<One, string>> = filters;
    return {
      after: values[after],
      before: values[before],
      onChange: (span: { after: string; before: string }) => {
        setParams(
          (current) => writeFilter(writeFilter(current, after, span.after), before, span.before),
          { replace: true },
        );
      },
    };
  };
  /** The values that act though none of these controls, of one value each, shows them. */
  const beside = (controls: readonly (Many | One)[]) =>
    valuesBeside(filters, controls).map(({ name, value }) => ({
      name,
      value,
      remove: () => {
        setParams(
          (current) => {
            const others = current.getAll(name).filter((other) => other !== value);
            return writeFilter(current, name, others);
          },
          { replace: true },
        );
      },
    }));
  return {
    filters,
    setFilter,
    bind,
    bindSpan,
    beside,
    clear,
    isFiltered: Object.keys(filters).length > 0,
  };
}
