import { baseApi } from './base-api.ts';
import { allReadAgain, listHeld } from './live-slice.ts';
import type { ApiDispatch, ApiState } from './store-types.ts';

/** Takes down where somebody has their place in a list. One that missed messages is read as a whole when they leave it. */
export function holdList(key: string | null) {
  return (dispatch: ApiDispatch, getState: () => ApiState): void => {
    const { isBehind, heldAt, readAt } = getState().live;
    dispatch(listHeld(key));
    if (key !== null || heldAt === null || !isBehind) return;
    dispatch(allReadAgain(readAt));
    dispatch(
      baseApi.util.invalidateTags([
        { type: 'Event', id: 'LIST' },
        { type: 'Event', id: 'SEARCH' },
        { type: 'Delivery', id: 'LIST' },
      ]),
    );
  };
}
