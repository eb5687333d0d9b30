import { describe, expect, test } from '@jest/globals';
import { toCsv, toJson } from './export-rows.ts';

describe('a CSV export', () => {
  test('has a line for each row under the names of all members', () => {
    const rows = [
      { id: 'a', size: 7, gone: null },
      { id: 'b', tags: ['x', 'y'], ok: true },
    ];
    expect(toCsv(rows)).toBe('id,size,gone,tags,ok\r\na,7,,,\r\nb,,,"[""x"",""y""]",true\r\n');
  });

  test('quotes what would break the line', () => {
    expect(toCsv([{ note: 'a, "b"\nc' }])).toBe('note\r\n"a, ""b""\nc"\r\n');
  });

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '=cmd|"/c calc"!A1'])(
    'keeps %j from being calculated by a spreadsheet',
    (text) => {
      const [, line = ''] = toCsv([{ text }]).split('\r\n', 2);
      expect(line.replace(/^"/, '').startsWith("'")).toBe(true);
    },
  );

  test('leaves numbers as numbers, also negative ones', () => {
    expect(toCsv([{ offset: -5 }])).toBe('offset\r\n-5\r\n');
  });
});

test('a JSON export is the rows as they are, one a line', () => {
  const rows = [{ a: '=1' }, { a: 2 }];
  expect(JSON.parse(toJson(rows))).toEqual(rows);
  expect(toJson(rows).split('\n')).toHaveLength(5);
});
