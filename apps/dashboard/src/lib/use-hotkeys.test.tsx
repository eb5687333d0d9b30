import { afterEach, describe, expect, test } from '@jest/globals';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useHotkeys } from './use-hotkeys.ts';

let calls = 0;
function Page({ hasWork }: { hasWork: boolean }) {
  useHotkeys({
    Enter: () => {
      calls += 1;
      return hasWork;
    },
  });
  return (
    <>
      <p>words</p>
      <a href="/there">
        <b>link</b>
      </a>
      <button type="button">button</button>
      <details>
        <summary>summary</summary>
      </details>
    </>
  );
}
/** Whether the browser still does what the key does there. */
const isLeftAlone = (text: string) => fireEvent.keyDown(screen.getByText(text), { key: 'Enter' });

afterEach(() => {
  cleanup();
  calls = 0;
});

describe('Enter', () => {
  test.each(['link', 'button', 'summary'])('goes to the %s that has the focus', (text) => {
    render(<Page hasWork />);
    expect(isLeftAlone(text)).toBe(true);
    expect(calls).toBe(0);
  });

  test('elsewhere is for the screen, and for the browser where the screen has nothing to do', () => {
    const { rerender } = render(<Page hasWork />);
    expect(isLeftAlone('words')).toBe(false);
    rerender(<Page hasWork={false} />);
    expect(isLeftAlone('words')).toBe(true);
    expect(calls).toBe(2);
  });
});
