import type { Answer } from '../exchange.ts';
import type { Services } from '../services.ts';

/** The Prometheus text format. */
export async function getMetricsText(services: Services): Promise<Answer> {
  return {
    status: 200,
    headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
    body: await services.prometheus.text(),
  };
}
