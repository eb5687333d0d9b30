import type { z } from 'zod';
import type { SummaryQuery } from '../../contract/metrics.ts';
import type { Answer, Input } from '../exchange.ts';
import type { Services } from '../services.ts';

export async function getFlow(
  services: Services,
  { query }: Input<unknown, z.output<typeof SummaryQuery>>,
): Promise<Answer> {
  return { status: 200, body: await services.metrics.flow(query) };
}
