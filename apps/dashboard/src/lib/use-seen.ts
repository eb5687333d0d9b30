import { useEffect, useState } from 'react';

/** Whether a box has come into sight once. */
export function useSeen(box: HTMLElement | null): boolean {
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    if (box === null || isSeen) return;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) setSeen(true);
    });
    observer.observe(box);
    return () => {
      observer.disconnect();
    };
  }, [box, isSeen]);
  return isSeen;
}
