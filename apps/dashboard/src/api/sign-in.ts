import type { Login } from '@signalbox/api/contract';
import type { ApiExtra } from './base-query.ts';
import type { ApiProblem } from './problem.ts';
import { signedIn } from './session-slice.ts';
import type { ApiDispatch, ApiState } from './store-types.ts';

/** Opens a session; answers what went wrong, or null. */
export function signIn(login: Login) {
  return async (
    dispatch: ApiDispatch,
    _getState: () => ApiState,
    { tokens }: ApiExtra,
  ): Promise<ApiProblem | null> => {
    const result = await tokens.signIn(login);
    if ('problem' in result) return result.problem;
    dispatch(signedIn(result.user));
    return null;
  };
}
