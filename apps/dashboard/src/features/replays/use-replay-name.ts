import { useMemo } from 'react';
import { useSubscriptionName, useTargetName } from '../../api/names.ts';
import { replayName, type NamedReplay } from '../../lib/replay-words.ts';

/** A replay's name, with the names of what it goes to. */
export function useReplayName(): (replay: NamedReplay) => string {
  const target = useTargetName();
  const subscription = useSubscriptionName();
  return useMemo(
    () => (replay: NamedReplay) => replayName(replay, { target, subscription }),
    [target, subscription],
  );
}
