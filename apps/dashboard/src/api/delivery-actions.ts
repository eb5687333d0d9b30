import type { Delivery } from '@signalbox/api/contract';
import type { DeliveryAction } from '@signalbox/api/delivery-states';
import { baseApi } from './base-api.ts';
import { patchDeliveries } from './patch-deliveries.ts';
import type { ApiDispatch, ApiState } from './store-types.ts';

const deliveryActionsApi = baseApi.injectEndpoints({
  endpoints: (build) => ({
    actOnDelivery: build.mutation<Delivery, { id: string; action: DeliveryAction }>({
      query: ({ id, action }) => ({ path: `/v1/deliveries/${id}/${action}`, method: 'POST' }),
      async onQueryStarted(_arguments, api) {
        const done = await api.queryFulfilled.catch(() => null);
        const dispatch = api.dispatch as ApiDispatch;
        const getState = () => api.getState() as unknown as ApiState;
        if (done !== null) patchDeliveries(dispatch, getState, [done.data]);
      },
    }),
  }),
});
export const { useActOnDeliveryMutation } = deliveryActionsApi;
