import { useCallback, useSyncExternalStore } from 'react';

interface DrawnRows {
  /** The first row that is drawn, and the one after the last. */
  from: number;
  to: number;
  /** Scrolls as little as brings the row into sight. */
  scrollTo: (index: number) => void;
}

const SPARE_ROWS = 12;

/**
 * Which of `count` rows, each `rowPx` high, a scrolling box has in sight, with a few spare ones around them.
 * @param headPx what stays in sight above the rows
 */
export function useDrawnRows(
  box: HTMLElement | null,
  count: number,
  rowPx: number,
  headPx: number,
): DrawnRows {
  const subscribe = useCallback(
    (changed: () => void) => {
      if (box === null) return () => undefined;
      const resizes = new ResizeObserver(changed);
      resizes.observe(box);
      box.addEventListener('scroll', changed, { passive: true });
      return () => {
        resizes.disconnect();
        box.removeEventListener('scroll', changed);
      };
    },
    [box],
  );
  // Whole rows, so that scrolling draws again only when another row comes into sight.
  const first = useSyncExternalStore(subscribe, () => Math.floor((box?.scrollTop ?? 0) / rowPx));
  const fitting = useSyncExternalStore(subscribe, () =>
    Math.ceil((box?.clientHeight ?? 0) / rowPx),
  );
  return {
    from: Math.max(0, Math.min(first, count) - SPARE_ROWS),
    to: Math.min(count, first + fitting + SPARE_ROWS),
    scrollTo: (index) => {
      if (box === null) return;
      const highestPx = index * rowPx;
      const lowestPx = highestPx + rowPx + headPx - box.clientHeight;
      if (box.scrollTop > highestPx) box.scrollTo({ top: highestPx });
      else if (box.scrollTop < lowestPx) box.scrollTo({ top: lowestPx });
    },
  };
}
