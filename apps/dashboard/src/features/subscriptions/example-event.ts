/** An event to try a pattern on. */
export const EXAMPLE_EVENT = JSON.stringify(
  {
    id: 'example-1',
    source: '/shop',
    type: 'order.created',
    subject: 'order-1001',
    time: '2025-01-31T12:00:00Z',
    data: { orderId: 1001, total: 49.9, country: 'DE' },
  },
  null,
  2,
);
