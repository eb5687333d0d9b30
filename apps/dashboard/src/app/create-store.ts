import { configureStore } from '@reduxjs/toolkit';
import { setupListeners } from '@reduxjs/toolkit/query';
import { baseApi } from '../api/base-api.ts';
import type { ApiExtra } from '../api/base-query.ts';
import { applyMessages } from '../api/apply-messages.ts';
import { liveSlice } from '../api/live-slice.ts';
import { createRecentMessages } from '../api/reapply-recent.ts';
import { sessionSlice, signedIn, signedOut } from '../api/session-slice.ts';
import type { StreamMessage } from '../api/stream-messages.ts';
import { createTokenHolder } from '../api/token-holder.ts';

/** The store of one tab. `fetchImpl` and `locks` are the browser's. */
export function createStore(fetchImpl: typeof fetch, locks?: LockManager) {
  const tokens = createTokenHolder(
    fetchImpl,
    {
      onRenewed: (user) => {
        store.dispatch(signedIn(user));
      },
      onEnd: () => {
        store.dispatch(signedOut());
      },
    },
    locks,
  );
  const recent = createRecentMessages(Date.now);
  const extra: ApiExtra = { tokens, fetch: fetchImpl };
  const store = configureStore({
    reducer: {
      api: baseApi.reducer,
      session: sessionSlice.reducer,
      live: liveSlice.reducer,
    },
    middleware: (defaults) =>
      defaults({
        thunk: { extraArgument: extra },
        serializableCheck: false,
        immutableCheck: false,
      }).concat(baseApi.middleware, recent.middleware),
  });
  // Without it nobody tells the store that the tab was hidden or is seen again, and what polls never rests.
  setupListeners(store.dispatch);
  /** Takes in what the live stream brought. */
  function receive(messages: readonly StreamMessage[]): void {
    recent.remember(messages);
    applyMessages(store.dispatch, () => store.getState(), messages);
  }
  return { store, tokens, receive };
}
