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
}

const initialState: LiveState = {
  status: 'off',
  leftOutNow: 0,
  leftOutTotal: 0,
  lastFault: null,
  heldAt: null,
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
    },
    listHeld(state, action: PayloadAction<string | null>) {
      state.heldAt = action.payload;
    },
  },
});
export const { liveStatusChanged, leftOutCounted, listHeld } = liveSlice.actions;
