import { describe, expect, test } from '@jest/globals';
import { act, renderHook } from '@testing-library/react';
import { useEdit } from './use-edit.ts';

const version = (number: number, name: string) => ({ etag: `"${String(number)}"`, name });
type Version = ReturnType<typeof version>;
const edit = (first: Version) =>
  renderHook((stored: Version) => useEdit(stored, ({ name }) => name), { initialProps: first });

describe('a form for something stored', () => {
  test('keeps what was saved while the version before it is still what was read last', () => {
    const { result, rerender } = edit(version(1, 'old'));
    act(() => {
      result.current.adopt(version(2, 'saved'));
    });
    expect(result.current).toMatchObject({ form: 'saved', isOutdated: false });
    act(() => {
      result.current.setForm('saved and typed');
    });
    expect(result.current.isOutdated).toBe(false);
    rerender(version(2, 'saved'));
    expect(result.current).toMatchObject({ form: 'saved and typed', isOutdated: false });
    expect(result.current.base).toEqual(version(2, 'saved'));
  });

  test('takes over what somebody else stored while nothing was typed', () => {
    const { result, rerender } = edit(version(1, 'old'));
    rerender(version(2, 'theirs'));
    expect(result.current).toMatchObject({ form: 'theirs', isOutdated: false });
  });

  test('keeps what was typed when somebody else stored something, and says so until that is taken over', () => {
    const { result, rerender } = edit(version(1, 'old'));
    act(() => {
      result.current.setForm('typed');
    });
    rerender(version(2, 'theirs'));
    expect(result.current).toMatchObject({ form: 'typed', isOutdated: true });
    act(() => {
      result.current.reload();
    });
    expect(result.current).toMatchObject({ form: 'theirs', isOutdated: false });
  });
});
