import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { DeliveryList } from '../features/deliveries/DeliveryList.tsx';
import { bodiesOf, openDialogs, showScreen } from './show-for-tests.tsx';

const page = (...data: unknown[]) => ({ data, nextCursor: null });
const WORK = 'POST /v1/deliveries/cancel';
const show = (at: string) =>
  showScreen({
    at,
    element: <DeliveryList />,
    answers: {
      'GET /v1/deliveries': page(),
      'GET /v1/targets': page({ id: 'tgt_1', name: 'billing' }, { id: 'tgt_2', name: 'crm' }),
      'GET /v1/subscriptions': page({ id: 'sub_1', name: 'orders' }),
      [WORK]: { done: 0, passedOver: 0, nextCursor: null },
    },
  });
const cancelAll = async () => {
  await userEvent.click(screen.getByRole('button', { name: 'Cancel all' }));
  return screen.getByRole('dialog');
};

beforeAll(openDialogs);
afterEach(cleanup);

describe('the filter of the deliveries', () => {
  const url = '/deliveries?targetId=tgt_1&targetId=tgt_2&subscriptionId=sub_1&orderingKey=o-1';

  test('is named whole before all of it is cancelled', async () => {
    const asked = show(url);
    await screen.findByText('orders');
    await screen.findByText('crm', { selector: 'strong' });
    const dialog = await cancelAll();
    expect(dialog.getAttribute('aria-label')).toBe(
      'Cancel all deliveries of this filter: target billing or crm; subscription orders; ordering key o-1?',
    );
    await userEvent.click(within(dialog).getByRole('button', { name: 'Cancel all' }));
    expect(bodiesOf(asked, WORK)).toEqual([
      {
        filter: { targetId: ['tgt_1', 'tgt_2'], subscriptionId: ['sub_1'], orderingKey: ['o-1'] },
      },
    ]);
  });

  test('hides nothing: what no control shows can be seen, and taken away by itself', async () => {
    const asked = show(url);
    await screen.findByText('orders');
    for (const name of ['Subscription orders', 'Ordering key o-1', 'Target crm']) {
      await userEvent.click(await screen.findByRole('button', { name: `Take away: ${name}` }));
    }
    const dialog = await cancelAll();
    expect(dialog.getAttribute('aria-label')).toBe(
      'Cancel all deliveries of this filter: target billing?',
    );
    await userEvent.click(within(dialog).getByRole('button', { name: 'Cancel all' }));
    expect(bodiesOf(asked, WORK)).toEqual([{ filter: { targetId: ['tgt_1'] } }]);
  });

  test('takes open ones together with those of another state', async () => {
    const asked = show('/deliveries?state=open&state=dead');
    const dialog = await cancelAll();
    await userEvent.click(within(dialog).getByRole('button', { name: 'Cancel all' }));
    expect(bodiesOf(asked, WORK)).toEqual([
      { filter: { state: ['pending', 'delivering', 'retrying', 'dead'] } },
    ]);
  });
});
