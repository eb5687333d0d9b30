import { baseApi } from './base-api.ts';
import { allReadAgain, leftOutCounted, placeReadAgain } from './live-slice.ts';
import { readPlace } from './read-place.ts';
import type { ApiDispatch, ApiState } from './store-types.ts';
import type { StreamStats } from './stream-messages.ts';

const EVERY_MS = 5000;
/** What the stream thins when much happens at once. */
const THINNED = ['Event', 'Delivery', 'Attempt'] as const;
/** What else the stream alone keeps fresh. */
const NEVER_THINNED = ['Target', 'Source', 'Subscription', 'Alert', 'Metrics'] as const;

/** Reads again all that the stream keeps fresh, after a time in which it brought nothing. */
export function readAllAgain(dispatch: ApiDispatch, getState: () => ApiState): void {
  readPlace(dispatch, getState);
  dispatch(allReadAgain(getState().live.readAt));
  dispatch(baseApi.util.invalidateTags([...THINNED, ...NEVER_THINNED]));
}

/** Counts the messages that the gateway left out, and reads again what they may have been of: every five seconds, and once it leaves out no more. */
export function makeUpLeftOut(
  dispatch: ApiDispatch,
  getState: () => ApiState,
  { at, leftOut }: StreamStats,
): void {
  const { leftOutNow, readAt, isBehind, heldAt, placeRead } = getState().live;
  if (leftOut > 0 || leftOutNow > 0) dispatch(leftOutCounted(leftOut));
  const isOver = leftOut === 0 && leftOutNow > 0;
  const isDue = leftOut > 0 && Date.parse(at) - readAt >= EVERY_MS;
  if (isOver || isDue) {
    readPlace(dispatch, getState);
    dispatch(allReadAgain(Date.parse(at)));
    dispatch(baseApi.util.invalidateTags([...THINNED]));
  } else if (isBehind && heldAt !== null && heldAt !== placeRead) {
    readPlace(dispatch, getState);
    dispatch(placeReadAgain());
  }
}
