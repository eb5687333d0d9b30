import { useEffect, useRef } from 'react';

/** Whether a key press belongs to what has the focus, or to an open dialog. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return true;
  // What is in a shadow tree, as an editor is, names its host as the target.
  const element = event.composedPath()[0];
  if (!(element instanceof Element)) return false;
  if (element.closest('input, textarea, select, [contenteditable]') !== null) return true;
  if (event.key === 'Enter' && element.closest('a[href], button, summary') !== null) return true;
  return document.querySelector('dialog[open]') !== null;
}

/**
 * Calls the handler of a single key while the component is on the screen, unless someone is typing or the key acts on what has the focus.
 * A handler answers whether it had something to do; else the key is left to the browser.
 */
export function useHotkeys(handlers: Readonly<Record<string, () => boolean>>): void {
  const current = useRef(handlers);
  useEffect(() => {
    current.current = handlers;
  });
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      const handler = current.current[event.key];
      if (handler === undefined || isTaken(event)) return;
      if (handler()) event.preventDefault();
    }
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
    };
  }, []);
}

/** Calls `open` on Ctrl-K or Cmd-K, also while someone types. */
export function useCommandKey(open: () => void): void {
  const current = useRef(open);
  useEffect(() => {
    current.current = open;
  });
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      if (document.querySelector('dialog[open]') !== null) return;
      event.preventDefault();
      current.current();
    }
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
    };
  }, []);
}
