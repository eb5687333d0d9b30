import { afterEach, describe, expect, test } from '@jest/globals';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { DataTable } from './DataTable.tsx';

const COLUMNS = [{ key: 'name', header: 'Name', width: '1fr', cell: (row: string) => row }];
const key = (row: string) => row;

/** A live list of one letter a row, the newest first, and what it told of its place. */
function showList(letters: string) {
  const places: (string | null)[] = [];
  const onHold = (place: string | null) => places.push(place);
  const list = (text: string) => (
    <MemoryRouter>
      <DataTable
        label="Letters"
        rows={Array.from(text)}
        rowKey={key}
        rowLink={key}
        columns={COLUMNS}
        isLoading={false}
        empty={null}
        isLive
        onHold={onHold}
      />
    </MemoryRouter>
  );
  const { rerender } = render(list(letters));
  return {
    places,
    scrollTo: (scrollTop: number) =>
      fireEvent.scroll(screen.getByRole('table'), { target: { scrollTop } }),
    become: (text: string) => {
      rerender(list(text));
    },
  };
}
const shown = () => screen.getAllByRole('cell').map((cell) => cell.textContent);

afterEach(cleanup);

describe('a live list that is scrolled', () => {
  test('keeps new rows waiting, and tells where its reader is until they are shown', () => {
    const { places, scrollTo, become } = showList('dcba');
    scrollTo(50);
    become('fedcba');
    expect(shown()).toEqual(['d', 'c', 'b', 'a']);
    expect(places).toEqual([null, 'd']);
    screen.getByRole('button', { name: '2 new' });
    scrollTo(0);
    expect(shown()).toEqual(['f', 'e', 'd', 'c', 'b', 'a']);
    expect(places).toEqual([null, 'd', null]);
  });

  test('is held at the next row that is still there when the one where it was held leaves', () => {
    const { scrollTo, become } = showList('dcba');
    scrollTo(50);
    become('fecba');
    screen.getByRole('button', { name: '2 new' });
    expect(shown()).toEqual(['c', 'b', 'a']);
    become('gfea');
    screen.getByRole('button', { name: '3 new' });
    expect(shown()).toEqual(['a']);
  });

  test('shows everything when no row of those that it was held at is left', () => {
    const { scrollTo, become } = showList('dcba');
    scrollTo(50);
    become('fe');
    expect(shown()).toEqual(['f', 'e']);
  });
});
