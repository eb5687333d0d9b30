import { Suspense, useDeferredValue, useEffect, type ReactNode } from 'react';
import { useDispatch, useSelector } from 'react-redux';
import { Navigate, useLocation } from 'react-router';
import { baseApi } from '../api/base-api.ts';
import type { ApiDispatch, ApiState } from '../api/store-types.ts';
import { paths, safeReturnPath } from '../lib/paths.ts';
import { useGateway } from './gateway.tsx';
import { NoAnswer } from './NoAnswer.tsx';
import { useOpening } from './use-opening.ts';

/** Opens the session from the refresh cookie, then lets the right screens through; keeps the stream in step. */
export function SessionGate({ children }: { children: ReactNode }) {
  const { tokens, stream } = useGateway();
  const dispatch = useDispatch<ApiDispatch>();
  // Deferred: what it opens is a whole screen, which is then made ready bit by bit and holds nothing up.
  const status = useDeferredValue(useSelector((state: ApiState) => state.session.status));
  const location = useLocation();

  const { problem, again } = useOpening(tokens, status === 'unknown');
  useEffect(() => {
    if (status === 'signed-in') {
      stream.start();
      return () => {
        stream.stop();
      };
    }
    if (status === 'signed-out') dispatch(baseApi.util.resetApiState());
    return undefined;
  }, [status, stream, dispatch]);

  if (status === 'unknown') return problem !== null && <NoAnswer problem={problem} again={again} />;
  const isAtSignIn = location.pathname === paths.signIn;
  if (status === 'signed-out' && !isAtSignIn) {
    const wanted = `${location.pathname}${location.search}`;
    const query = wanted === paths.overview ? '' : `?to=${encodeURIComponent(wanted)}`;
    return <Navigate to={`${paths.signIn}${query}`} replace />;
  }
  if (status === 'signed-in' && isAtSignIn) {
    const to = new URLSearchParams(location.search).get('to');
    return <Navigate to={safeReturnPath(to)} replace />;
  }
  return <Suspense fallback={null}>{children}</Suspense>;
}
