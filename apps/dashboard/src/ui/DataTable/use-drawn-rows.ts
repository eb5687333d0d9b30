import { useMemo, useSyncExternalStore } from 'react';

interface DrawnRows {
  /** The first row that is drawn, and the one after the last. */
  from: number;
  to: number;
  /** The first row that is in sight as a whole. */
  firstInSight: () => number;
  /** Scrolls as little as brings the row into sight. */
  scrollTo: (index: number) => void;
}

const SPARE_ROWS = 6;

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
  const sight = useMemo(() => watchSight(box, rowPx), [box, rowPx]);
  const { first, fitting } = useSyncExternalStore(sight.subscribe, sight.read);
  return {
    from: Math.max(0, Math.min(first, count) - SPARE_ROWS),
    to: Math.min(count, first + fitting + SPARE_ROWS),
    firstInSight: () => Math.ceil((box?.scrollTop ?? 0) / rowPx),
    scrollTo: (index) => {
      if (box === null) return;
      const highestPx = index * rowPx;
      const lowestPx = highestPx + rowPx + headPx - box.clientHeight;
      if (box.scrollTop > highestPx) box.scrollTo({ top: highestPx });
      else if (box.scrollTop < lowestPx) box.scrollTo({ top: lowestPx });
    },
  };
}

/**
 * What a box has in sight, in whole rows, so that scrolling draws again only when another row comes into sight. It is asked only when it
 * scrolls or its size changes: asking while rows are drawn would have them laid out once more for each drawing.
 */
function watchSight(box: HTMLElement | null, rowPx: number) {
  let sight = { first: 0, fitting: 0 };
  return {
    read: () => sight,
    subscribe: (changed: () => void) => {
      if (box === null) return () => undefined;
      const look = () => {
        const first = Math.floor(box.scrollTop / rowPx);
        const fitting = Math.ceil(box.clientHeight / rowPx);
        if (first === sight.first && fitting === sight.fitting) return;
        sight = { first, fitting };
        changed();
      };
      const resizes = new ResizeObserver(look);
      resizes.observe(box);
      box.addEventListener('scroll', look, { passive: true });
      return () => {
        resizes.disconnect();
        box.removeEventListener('scroll', look);
      };
    },
  };
}
