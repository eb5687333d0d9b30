import { expect, test } from '@jest/globals';
import { act, renderHook } from '@testing-library/react';
import { useTyped } from './use-typed.ts';

const render = (value: string) => {
  const { result, rerender } = renderHook(useTyped, { initialProps: value });
  return {
    text: () => result.current.text,
    type: (text: string) => act(() => result.current.type(text)),
    sent: (text: string) => act(() => result.current.sent(text)),
    rerender,
  };
};

test('what is typed stays while what was sent comes back late, one after the other, or shorter', () => {
  const field = render('');
  field.type('a');
  field.sent('a');
  field.type('ab ');
  field.sent('ab');
  field.rerender('a');
  expect(field.text()).toBe('ab ');
  field.rerender('ab');
  expect(field.text()).toBe('ab ');
});

test('a value that the field did not send takes the place of what was typed', () => {
  const field = render('a');
  field.type('ab');
  field.rerender('');
  expect(field.text()).toBe('');
  field.type('c');
  field.sent('c');
  field.rerender('c');
  field.rerender('a');
  expect(field.text()).toBe('a');
});
