import type { Answer } from '../exchange.ts';
import type { Services } from '../services.ts';

const RETRY_AFTER_SECONDS = '2';

/** 503 with the failed checks while work cannot be taken, and as soon as the gateway begins to stop. */
export async function getReady(services: Services): Promise<Answer> {
  const body = await services.health.ready();
  if (body.status === 'ready') return { status: 200, body };
  return { status: 503, headers: { 'retry-after': RETRY_AFTER_SECONDS }, body };
}
