import { useEffect, useState } from 'react';
import { unreachable, type ApiProblem } from '../api/problem.ts';
import { NotRenewed, type TokenHolder } from '../api/token-holder.ts';

const RETRY_MS = 3000;

/** Asks for the session of the refresh cookie while it is unknown, again and again until the gateway says whether there is one. */
export function useOpening(tokens: TokenHolder, isUnknown: boolean) {
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [tries, setTries] = useState(1);
  const again = () => {
    setTries((count) => count + 1);
  };
  useEffect(() => {
    if (!isUnknown) return undefined;
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    tokens.refresh().catch((error: unknown) => {
      if (isOver) return;
      setProblem(error instanceof NotRenewed ? error.problem : unreachable());
      timer = setTimeout(again, RETRY_MS);
    });
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [tokens, isUnknown, tries]);
  return { problem, again };
}
