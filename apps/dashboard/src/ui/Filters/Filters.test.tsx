import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { SearchFilter } from './Filters.tsx';
import { TimeFilter } from './TimeFilter.tsx';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  cleanup();
  jest.useRealTimers();
});

const pause = () => act(() => jest.advanceTimersByTimeAsync(1000));
const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name);
const type = (name: string, value: string) => fireEvent.change(field(name), { target: { value } });

describe('a text that filters', () => {
  const sent: string[] = [];
  const search = (value: string) => (
    <SearchFilter
      label="Search"
      placeholder="Search"
      value={value}
      onChange={(text) => sent.push(text)}
    />
  );
  beforeEach(() => {
    sent.length = 0;
  });

  test('keeps the blank between two words while one pauses there', async () => {
    const { rerender } = render(search(''));
    type('Search', 'red ');
    await pause();
    rerender(search('red'));
    expect(field('Search').value).toBe('red ');
    type('Search', 'red tea');
    await pause();
    expect(sent).toEqual(['red', 'red tea']);
  });

  test('keeps letters that are typed before the URL has taken the last ones over', async () => {
    const { rerender } = render(search(''));
    type('Search', 'ab');
    await pause();
    type('Search', 'abc');
    rerender(search('ab'));
    expect(field('Search').value).toBe('abc');
    await pause();
    expect(sent).toEqual(['ab', 'abc']);
  });

  test('shows what somebody else puts in its place', async () => {
    const { rerender } = render(search('ab'));
    type('Search', 'abc');
    rerender(search(''));
    expect(field('Search').value).toBe('');
    await pause();
    expect(sent).toEqual([]);
  });
});

describe('a span of time that filters', () => {
  function Screen() {
    const [span, setSpan] = useState({ after: '', before: '' });
    return (
      <>
        <TimeFilter label="Created" {...span} onChange={setSpan} />
        <button type="button" onClick={() => setSpan({ after: '', before: '' })}>
          Clear
        </button>
      </>
    );
  }
  const choose = (value: string) => type('Created', value);

  test('keeps both of its fields when one is emptied to write another moment', () => {
    render(<Screen />);
    choose('3600');
    type('Created from', '');
    expect(field('Created from').value).toBe('');
    type('Created from', '2026-01-01T12:00');
    expect(field('Created from').value).toBe('2026-01-01T12:00');
    expect(field('Created until').value).toBe('');
  });

  test('shows its fields when asked to, and takes them away with the filters', () => {
    render(<Screen />);
    choose('span');
    type('Created until', '2026-01-01T12:00');
    fireEvent.click(screen.getByRole('button', { name: 'Clear' }));
    expect(screen.queryByLabelText('Created until')).toBeNull();
    expect(screen.getByLabelText<HTMLSelectElement>('Created').value).toBe('');
  });
});
