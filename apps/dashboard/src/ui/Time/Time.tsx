import { useMemo } from 'react';
import { useNow } from '../../lib/use-now.ts';
import { exactTime, relativeTime } from '../../lib/time.ts';

/** A moment as `12 s ago`, with the exact time on hover. `at` is RFC 3339. */
export function Time({ at }: { at: string }) {
  const now = useNow();
  const time = Date.parse(at);
  // It stays while the seconds go by.
  const exact = useMemo(() => exactTime(time), [time]);
  return (
    <time dateTime={at} title={exact}>
      {relativeTime(time, now)}
    </time>
  );
}
