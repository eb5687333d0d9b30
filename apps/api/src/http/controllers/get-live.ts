import type { Answer } from '../exchange.ts';
import type { Services } from '../services.ts';

export function getLive(services: Services): Answer {
  return { status: 200, body: services.health.live() };
}
