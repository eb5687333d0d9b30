import type { DeliveryWork, DeliveryWorkResult } from '@signalbox/api/contract';
import type { DeliveryAction } from '@signalbox/api/delivery-states';
import { useState } from 'react';
import { baseApi } from './base-api.ts';
import { asProblem, type ApiProblem } from './problem.ts';

const workApi = baseApi.injectEndpoints({
  endpoints: (build) => ({
    workOnDeliveries: build.mutation<
      DeliveryWorkResult,
      { action: DeliveryAction; body: DeliveryWork }
    >({
      query: ({ action, body }) => ({ path: `/v1/deliveries/${action}`, method: 'POST', body }),
    }),
  }),
});

export interface Progress {
  action: DeliveryAction;
  done: number;
  passedOver: number;
  isRunning: boolean;
}

/** Retries or cancels all deliveries of a filter, page by page, and tells how far it is. */
export function useWorkOnDeliveries() {
  const [work] = workApi.useWorkOnDeliveriesMutation();
  const [progress, setProgress] = useState<Progress | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);

  async function run(action: DeliveryAction, filter: DeliveryWork['filter']): Promise<void> {
    let cursor: string | null = null;
    let done = 0;
    let passedOver = 0;
    setProblem(null);
    setProgress({ action, done, passedOver, isRunning: true });
    do {
      const body: DeliveryWork = cursor === null ? { filter } : { filter, cursor };
      const { data, error } = await work({ action, body });
      if (data === undefined) {
        setProblem(asProblem(error));
        break;
      }
      done += data.done;
      passedOver += data.passedOver;
      cursor = data.nextCursor;
      setProgress({ action, done, passedOver, isRunning: true });
    } while (cursor !== null);
    setProgress({ action, done, passedOver, isRunning: false });
  }
  return { run, progress, problem };
}
