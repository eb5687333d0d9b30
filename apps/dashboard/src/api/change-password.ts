import type { PasswordChange } from '@signalbox/api/contract';
import type { ApiExtra } from './base-query.ts';
import type { ApiProblem } from './problem.ts';
import { signedIn } from './session-slice.ts';
import type { ApiDispatch, ApiState } from './store-types.ts';

/** Changes the own password and goes on in a new session; answers what went wrong, or null. */
export function changePassword(change: PasswordChange) {
  return async (
    dispatch: ApiDispatch,
    _getState: () => ApiState,
    { tokens }: ApiExtra,
  ): Promise<ApiProblem | null> => {
    const result = await tokens.changePassword(change);
    if ('problem' in result) return result.problem;
    dispatch(signedIn(result.user));
    return null;
  };
}
