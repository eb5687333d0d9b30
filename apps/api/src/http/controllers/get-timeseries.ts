import type { z } from 'zod';
import type { TimeseriesQuery } from '../../contract/metrics.ts';
import type { Answer, Input } from '../exchange.ts';
import { givenOf } from '../resources/merge-patch.ts';
import type { Services } from '../services.ts';

export async function getTimeseries(
  services: Services,
  { query }: Input<unknown, z.output<typeof TimeseriesQuery>>,
): Promise<Answer> {
  return { status: 200, body: await services.metrics.timeseries(givenOf(query)) };
}
