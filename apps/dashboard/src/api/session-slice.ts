import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { CurrentUser } from '@signalbox/api/contract';

export type SessionState =
  | { status: 'unknown' }
  | { status: 'signed-out'; ended: boolean }
  | { status: 'signed-in'; user: CurrentUser };

export const sessionSlice = createSlice({
  name: 'session',
  initialState: (): SessionState => ({ status: 'unknown' }),
  reducers: {
    signedIn: (_state, action: PayloadAction<CurrentUser>): SessionState => ({
      status: 'signed-in',
      user: action.payload,
    }),
    /** `ended`: a session that was open is over, as opposed to there was none. */
    signedOut: (state): SessionState => ({
      status: 'signed-out',
      ended: state.status === 'signed-in',
    }),
    leftByChoice: (): SessionState => ({ status: 'signed-out', ended: false }),
  },
});
export const { signedIn, signedOut, leftByChoice } = sessionSlice.actions;
