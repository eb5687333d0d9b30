import type { ThunkDispatch, UnknownAction } from '@reduxjs/toolkit';
import type { baseApi } from './base-api.ts';
import type { ApiExtra } from './base-query.ts';
import type { LiveState } from './live-slice.ts';
import type { SessionState } from './session-slice.ts';

export interface ApiState {
  api: ReturnType<typeof baseApi.reducer>;
  live: LiveState;
  session: SessionState;
}
export type ApiDispatch = ThunkDispatch<ApiState, ApiExtra, UnknownAction>;
