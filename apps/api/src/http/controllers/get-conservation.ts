import type { Answer } from '../exchange.ts';
import type { Services } from '../services.ts';

export async function getConservation(services: Services): Promise<Answer> {
  return { status: 200, body: await services.metrics.conservation() };
}
