import { describe, expect, test } from '@jest/globals';
import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { MemoryRouter, useLocation } from 'react-router';
import { readFilters, useUrlFilters, writeFilter } from './url-filters.ts';

const SPEC = { many: ['type', 'state'], one: ['q', 'after', 'before'] } as const;

function renderAt(url: string) {
  const wrapper = ({ children }: { children: ReactNode }) => (
    <MemoryRouter initialEntries={[url]}>{children}</MemoryRouter>
  );
  const useBoth = () => ({
    ...useUrlFilters<'type' | 'state', 'q' | 'after' | 'before'>(SPEC),
    search: useLocation().search,
  });
  return renderHook(useBoth, { wrapper }).result;
}

describe('filters in the URL', () => {
  test('are read from it, repeated ones as alternatives, others left alone', () => {
    const result = renderAt('/events?type=a&type=b&type=a&q=x%20y&range=1h&state=');
    expect(result.current.filters).toEqual({ type: ['a', 'b'], q: 'x y' });
    expect(result.current.isFiltered).toBe(true);
  });
  test('are written to it beside what else is there', () => {
    const result = renderAt('/events?range=1h');
    act(() => result.current.setFilter('state', ['dead', 'retrying']));
    act(() => result.current.setFilter('q', 'tea & milk'));
    expect(result.current.search).toBe('?range=1h&state=dead&state=retrying&q=tea+%26+milk');
  });
  test('vanish from it when emptied, all of them on clear, and nothing else does', () => {
    const result = renderAt('/events?range=1h&q=x&type=a');
    act(() => result.current.setFilter('q', ''));
    expect(result.current.search).toBe('?range=1h&type=a');
    act(() => result.current.clear());
    expect(result.current.search).toBe('?range=1h');
    expect(result.current.isFiltered).toBe(false);
  });
  test('are bound to a control by name: its first value, and what is typed without blanks around it', () => {
    const result = renderAt('/events?type=a&type=b&q=x');
    expect(result.current.bind('type').value).toBe('a');
    expect(result.current.bind('q').value).toBe('x');
    expect(result.current.bind('state').value).toBe('');
    act(() => result.current.bind('type').onChange(' c '));
    expect(result.current.filters).toEqual({ type: ['c'], q: 'x' });
  });
  test('of a span of time are written together', () => {
    const result = renderAt('/events?q=x');
    act(() => result.current.bindSpan('after', 'before').onChange({ after: '1', before: '2' }));
    expect(result.current.bindSpan('after', 'before')).toMatchObject({ after: '1', before: '2' });
    expect(result.current.search).toBe('?q=x&after=1&before=2');
  });
  test('that no control shows are told apart, and each value is taken away by itself', () => {
    const result = renderAt('/events?type=a&type=b&type=c&state=dead&q=x');
    const hidden = result.current.beside(['type', 'q']);
    expect(hidden.map(({ name, value }) => [name, value])).toEqual([
      ['type', 'b'],
      ['type', 'c'],
      ['state', 'dead'],
    ]);
    act(() => hidden[0]?.remove());
    expect(result.current.search).toBe('?state=dead&q=x&type=a&type=c');
    act(() => result.current.beside(['type', 'q']).at(-1)?.remove());
    expect(result.current.beside(['type', 'q']).map(({ value }) => value)).toEqual(['c']);
  });
  test('come back as they were written', () => {
    const params = writeFilter(new URLSearchParams(), 'type', ['a=b', 'ü?']);
    expect(readFilters(new URLSearchParams(params.toString()), SPEC)).toEqual({
      type: ['a=b', 'ü?'],
    });
  });
});
