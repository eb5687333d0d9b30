import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Target } from '@signalbox/api/contract';
import { cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { WithEtag } from '../api/base-api.ts';
import { DeadLetterList } from '../features/dead-letters/DeadLetterList.tsx';
import { TargetSwitch } from '../features/targets/TargetSwitch.tsx';
import { CommandPalette } from './CommandPalette/CommandPalette.tsx';
import { bodiesOf, openDialogs, Refusal, showScreen } from './show-for-tests.tsx';
import { delivery } from './store-for-tests.ts';

const page = (...data: unknown[]) => ({ data, nextCursor: null });
const TARGET = { id: 'tgt_1', name: 'billing', state: 'active', etag: '"1"' } as WithEtag<Target>;
const AWAY = new Refusal(503, { detail: 'The database does not answer.' });
const press = async (name: string) => userEvent.click(screen.getByRole('button', { name }));

beforeAll(openDialogs);
afterEach(cleanup);

describe('pausing a target', () => {
  test('from the palette leads to its screen, and does nothing yet', async () => {
    const asked = showScreen({
      at: '/',
      element: <CommandPalette onClose={() => undefined} />,
      answers: { 'GET /v1/targets': page(TARGET) },
    });
    await userEvent.type(screen.getByRole('combobox'), 'pause');
    await userEvent.click(await screen.findByRole('option', { name: /Pause target billing/ }));
    await screen.findByText('Another screen');
    expect(asked.filter(({ call }) => call.startsWith('POST'))).toEqual([]);
  });

  test('is asked about on its screen, and says what failed', async () => {
    const call = 'POST /v1/targets/tgt_1/pause';
    const asked = showScreen({
      at: '/targets/tgt_1?ask=pause',
      element: <TargetSwitch target={TARGET} />,
      answers: { [call]: AWAY },
    });
    const dialog = screen.getByRole('dialog', { name: 'Pause billing?' });
    await userEvent.click(within(dialog).getByRole('button', { name: 'Pause' }));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect((await screen.findByRole('alert')).textContent).toContain(
      'The database does not answer.',
    );
    expect(bodiesOf(asked, call)).toHaveLength(1);
  });

  test('is undone in the same way', async () => {
    const call = 'POST /v1/targets/tgt_1/resume';
    const asked = showScreen({
      at: '/targets/tgt_1?ask=resume',
      element: <TargetSwitch target={{ ...TARGET, state: 'paused' }} />,
      answers: { [call]: TARGET },
    });
    const dialog = screen.getByRole('dialog', { name: 'Resume billing?' });
    await userEvent.click(within(dialog).getByRole('button', { name: 'Resume' }));
    expect(bodiesOf(asked, call)).toHaveLength(1);
  });

  test('is not asked of somebody who may not do it', () => {
    showScreen({
      at: '/targets/tgt_1?ask=pause',
      element: <TargetSwitch target={TARGET} />,
      answers: {},
      role: 'viewer',
    });
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

test('a dead letter that could not be retried is named above the list with the reason', async () => {
  showScreen({
    at: '/dead-letters',
    element: <DeadLetterList />,
    answers: {
      'GET /v1/targets': page(TARGET),
      'GET /v1/dead-letters': page(delivery(1, 'dead')),
      'GET /v1/dead-letters/groups': page(),
      'POST /v1/deliveries/dlv_1/retry': AWAY,
    },
  });
  await screen.findByRole('button', { name: 'Retry' });
  await press('Retry');
  const text = (await screen.findByRole('alert')).textContent;
  expect(text).toContain('The database does not answer.');
  expect(text).toContain('order.created to billing was not retried.');
});
