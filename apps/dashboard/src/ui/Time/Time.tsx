import { useNow } from '../../lib/use-now.ts';
import { exactTime, relativeTime } from '../../lib/time.ts';

/** A moment as `12 s ago`, with the exact time on hover. `at` is RFC 3339. */
export function Time({ at }: { at: string }) {
  const now = useNow();
  const time = Date.parse(at);
  return (
    <time dateTime={at} title={exactTime(time)}>
      {relativeTime(time, now)}
    </time>
  );
}
