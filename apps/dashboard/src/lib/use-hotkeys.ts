import { useEffect, useRef } from 'react';

/** Whether a key press belongs to something that takes text, or to an open dialog. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return true;
  const element = event.target instanceof Element ? event.target : null;
  return element?.closest('input, textarea, select, dialog, [contenteditable]') != null;
}

/** Calls the handler of a single key while the component is on the screen, unless someone is typing. */
export function useHotkeys(handlers: Readonly<Record<string, () => void>>): void {
  const current = useRef(handlers);
  useEffect(() => {
    current.current = handlers;
  });
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      const handler = current.current[event.key];
      if (handler === undefined || isTaken(event)) return;
      event.preventDefault();
      handler();
    }
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
    };
  }, []);
}
