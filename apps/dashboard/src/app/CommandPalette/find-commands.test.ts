import { describe, expect, test } from '@jest/globals';
import { findCommands, findId, type Command } from './find-commands.ts';

const command = (kind: string, label: string): Command => ({
  key: label,
  kind,
  label,
  run: () => undefined,
});
const ALL = [
  command('Screen', 'Dead letters'),
  command('Target', 'letters of Paris'),
  command('Act', 'Pause target billing'),
];
const labels = (typed: string) => findCommands(ALL, typed).map(({ label }) => label);

describe('the command palette', () => {
  test('finds what holds every word, in any order and case', () => {
    expect(labels('BILLING pause')).toEqual(['Pause target billing']);
    expect(labels('nothing')).toEqual([]);
    expect(labels('')).toHaveLength(3);
  });

  test('puts what begins with the word first', () => {
    expect(labels('letters')).toEqual(['letters of Paris', 'Dead letters']);
  });

  test('knows an id in what was pasted', () => {
    const id = 'evt_01m8j4j2e8en5jh26m25ktrpxw';
    expect(findId(` ${id}\n`)).toEqual({ prefix: 'evt', id });
    expect(findId('evt_short')).toBeNull();
  });
});
