import type { Ready } from '@signalbox/api/contract';
import { baseApi } from './base-api.ts';

const operationApi = baseApi.injectEndpoints({
  endpoints: (build) => ({
    /** How the process that answers is doing, also while it is not ready. */
    getReady: build.query<Ready, undefined>({
      query: () => ({ path: '/health/ready', accepts: [503] }),
      keepUnusedDataFor: 0,
    }),
  }),
});

export const { useGetReadyQuery } = operationApi;
