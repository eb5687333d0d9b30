import { createSlice, type PayloadAction } from '@reduxjs/toolkit';

/** What the header says about the stream. `off`: nobody is signed in. */
export type LiveStatus = 'off' | 'connecting' | 'live' | 'reconnecting' | 'paused';
export interface LiveState {
  status: LiveStatus;
  /** Messages that the gateway left out in the last second that it left any out, and since the page was opened. */
  leftOutNow: number;
  leftOutTotal: number;
  /** Why the last connection ended, for the viewer. */
  lastFault: string | null;
  /** The row where somebody has their place in a list, while new ones wait above it. */
  heldAt: string | null;
  /** Messages were left out since that list was read as a whole. */
  isBehind: boolean;
  /** When what is shown was last read again because messages were left out, in ms since 1970, and the place that was read then. */
  readAt: number;
  placeRead: string | null;
}

const initialState: LiveState = {
  status: 'off',
  leftOutNow: 0,
  leftOutTotal: 0,
  lastFault: null,
  heldAt: null,
  isBehind: false,
  readAt: 0,
  placeRead: null,
};

export const liveSlice = createSlice({
  name: 'live',
  initialState,
  reducers: {
    liveStatusChanged(state, action: PayloadAction<{ status: LiveStatus; fault?: string }>) {
      state.status = action.payload.status;
      state.lastFault = action.payload.fault ?? null;
    },
    leftOutCounted(state, action: PayloadAction<number>) {
      state.leftOutNow = action.payload;
      state.leftOutTotal += action.payload;
      if (action.payload > 0) state.isBehind = true;
    },
    listHeld(state, action: PayloadAction<string | null>) {
      state.heldAt = action.payload;
    },
    /** Everything is read again, but of a list that is held its newest rows and the place alone. */
    allReadAgain(state, action: PayloadAction<number>) {
      state.readAt = action.payload;
      state.placeRead = state.heldAt;
      state.isBehind = state.heldAt !== null;
    },
    placeReadAgain(state) {
      state.placeRead = state.heldAt;
    },
  },
});
export const { liveStatusChanged, leftOutCounted, listHeld, allReadAgain, placeReadAgain } =
  liveSlice.actions;
