import type { StoredAnswer } from '../../store/store.ts';
import type { Route } from '../define-route.ts';
import type { Answer } from '../exchange.ts';
import { toProblem } from '../problem.ts';
import type { Services } from '../services.ts';

interface KeepingServices extends Pick<Services, 'sealer' | 'logger'> {
  store: Pick<Services['store'], 'finishIdempotent'>;
}

/**
 * Runs what a key was reserved for, and keeps the answer for its repeats. What was done stays done, so its answer goes out even where it cannot
 * be kept: a caller who was told to try again would do it a second time.
 */
export async function runAndKeep(
  services: KeepingServices,
  route: Pick<Route, 'showsSecret'>,
  execute: () => Answer | Promise<Answer>,
  { scope, requestId }: { scope: string; requestId: string },
): Promise<Answer> {
  const finish = async (answer: StoredAnswer | null): Promise<void> => {
    try {
      await services.store.finishIdempotent(scope, answer);
    } catch (err) {
      services.logger.warn({ err, requestId }, 'the answer to an Idempotency-Key was not kept');
    }
  };
  let answer: Answer;
  try {
    answer = await execute();
  } catch (error) {
    answer = toProblem(error, requestId);
    if (answer.status >= 500 || answer.status === 429) {
      await finish(null);
      throw error;
    }
  }
  await finish(toStored(services, route, answer));
  return answer;
}

function toStored(
  { sealer }: Pick<Services, 'sealer'>,
  route: Pick<Route, 'showsSecret'>,
  answer: Answer,
): StoredAnswer {
  const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? null);
  const body = route.showsSecret ? JSON.stringify(sealer.seal(text)) : text;
  return { status: answer.status, headers: { ...answer.headers }, body };
}
