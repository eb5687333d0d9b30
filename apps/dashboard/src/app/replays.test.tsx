import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Replay } from '@signalbox/api/contract';
import { cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { DeadLetterGroups } from '../features/dead-letters/DeadLetterGroups.tsx';
import { ReplayButton } from '../features/events/ReplayButton.tsx';
import { NewReplay } from '../features/replays/NewReplay.tsx';
import { ReplayList } from '../features/replays/ReplayList.tsx';
import { ReplayPage } from '../features/replays/ReplayPage.tsx';
import { exactTime } from '../lib/time.ts';
import { bodiesOf, openDialogs, showScreen, type Asked } from './show-for-tests.tsx';

const REPLAY: Replay = {
  id: 'rpl_1',
  kind: 'replay',
  state: 'running',
  filter: { type: ['order.created'] },
  destination: { kind: 'target', targetId: 'tgt_1' },
  ratePerSecond: 100,
  expected: 40,
  scanned: 10,
  made: 10,
  waitingFor: null,
  failure: null,
  createdBy: 'usr_1',
  createdAt: '2025-01-01T00:00:00.000Z',
  updatedAt: '2025-01-01T00:00:00.000Z',
  finishedAt: null,
  deliveries: { pending: 2, delivering: 1, retrying: 0, succeeded: 6, dead: 1, cancelled: 0 },
};
const NAMES = {
  'GET /v1/targets': { data: [{ id: 'tgt_1', name: 'billing' }], nextCursor: null },
  'GET /v1/sources': { data: [], nextCursor: null },
  'GET /v1/subscriptions': {
    data: [
      { id: 'sub_1', name: 'orders', state: 'active' },
      { id: 'sub_2', name: 'refunds', state: 'paused' },
    ],
    nextCursor: null,
  },
};

const show = (
  at: string,
  element: ReactNode,
  answers: Record<string, unknown>,
  role?: 'viewer',
): Asked[] =>
  showScreen({
    at,
    element,
    answers: { ...NAMES, ...answers },
    ...(at.startsWith('/replays/rpl') && { route: '/replays/:id' }),
    ...(role && { role }),
  });

beforeAll(openDialogs);
afterEach(cleanup);

describe('a new replay', () => {
  const preview = { events: 1204, deliveries: 1200, targets: [], isComplete: true };
  const answers = { 'POST /v1/replays/preview': preview, 'POST /v1/replays': REPLAY };

  test('counts what the filter of the URL would deliver, before anything is sent', async () => {
    const asked = show('/replays/new?type=order.created&q=red', <NewReplay />, answers);
    expect(await screen.findByText('1,204 events, 1,200 deliveries')).toBeTruthy();
    expect(bodiesOf(asked, 'POST /v1/replays/preview')).toEqual([
      { filter: { type: ['order.created'], q: 'red' }, destination: { kind: 'original' } },
    ]);
    expect(bodiesOf(asked, 'POST /v1/replays')).toEqual([]);
  });

  test('counts again where it goes elsewhere, and begins what was counted', async () => {
    const asked = show('/replays/new?type=order.created', <NewReplay />, answers);
    await userEvent.selectOptions(screen.getByLabelText('Where they go'), 'target');
    const begin = screen.getByRole('button', { name: 'Start the replay' });
    expect(begin.title).toBe('Choose a target.');
    await screen.findByRole('option', { name: 'billing' });
    await userEvent.selectOptions(screen.getByLabelText('Target'), 'tgt_1');
    const rate = screen.getByLabelText('Deliveries a second');
    await userEvent.clear(rate);
    await userEvent.type(rate, '25');
    await userEvent.click(begin);
    const task = {
      filter: { type: ['order.created'] },
      destination: { kind: 'target', targetId: 'tgt_1' },
    };
    expect(bodiesOf(asked, 'POST /v1/replays/preview').at(-1)).toEqual(task);
    expect(bodiesOf(asked, 'POST /v1/replays')).toEqual([{ ...task, ratePerSecond: 25 }]);
    expect(await screen.findByText('Another screen')).toBeTruthy();
  });

  test('goes through the subscriptions that were ticked', async () => {
    const asked = show('/replays/new', <NewReplay />, answers);
    await userEvent.selectOptions(screen.getByLabelText('Where they go'), 'subscriptions');
    await userEvent.click(await screen.findByRole('checkbox', { name: /orders/ }));
    await userEvent.click(screen.getByRole('button', { name: 'Start the replay' }));
    expect(bodiesOf(asked, 'POST /v1/replays')).toMatchObject([
      { destination: { kind: 'subscriptions', subscriptionIds: ['sub_1'] } },
    ]);
  });

  test('a viewer is told what it needs, and nothing is asked of the gateway', () => {
    const asked = show('/replays/new', <NewReplay />, answers, 'viewer');
    const begin = screen.getByRole('button', { name: 'Start the replay' });
    expect(begin.title).toContain('Needs the role operator');
    expect(asked.filter(({ call }) => call.startsWith('POST'))).toEqual([]);
  });
});

describe('a replay', () => {
  test('shows how far it is and what became of its deliveries', async () => {
    show('/replays/rpl_1', <ReplayPage />, { 'GET /v1/replays/rpl_1': REPLAY });
    const name = 'order.created events to billing';
    expect(await screen.findByRole('heading', { level: 1, name })).toBeTruthy();
    expect(screen.getByText('10 of 40 events')).toBeTruthy();
    const bar = screen.getByRole('progressbar', { name: `Progress of ${name}` });
    expect(bar.getAttribute('aria-valuenow')).toBe('25');
    const succeeded = screen.getByRole('row', { name: /Succeeded/ });
    expect(within(succeeded).getByRole('link', { name: '6' }).getAttribute('href')).toBe(
      '/deliveries?replayId=rpl_1&state=succeeded',
    );
  });

  test('says what was asked for by name, and when in the zone of the viewer', async () => {
    const after = '2025-01-01T12:00:00.000Z';
    const filter = { sourceId: ['src_1'], receivedAfter: after };
    showScreen({
      at: '/replays/rpl_1',
      route: '/replays/:id',
      element: <ReplayPage />,
      answers: {
        ...NAMES,
        'GET /v1/replays/rpl_1': { ...REPLAY, filter },
        'GET /v1/sources': { data: [{ id: 'src_1', name: 'shop' }], nextCursor: null },
        'GET /v1/users': { data: [{ id: 'usr_1', name: 'Ada' }], nextCursor: null },
      },
      role: 'admin',
    });
    const facts = screen.findByRole('region', { name: 'What was asked for' });
    expect(await within(await facts).findByText('shop')).toBeTruthy();
    expect(await within(await facts).findByText('Ada')).toBeTruthy();
    expect(within(await facts).getByText(exactTime(Date.parse(after)))).toBeTruthy();
    expect(screen.queryByText(after)).toBeNull();
  });

  test('says what it waits for, and why it failed', async () => {
    const waiting = { ...REPLAY, waitingFor: 'target_paused' };
    show('/replays/rpl_1', <ReplayPage />, { 'GET /v1/replays/rpl_1': waiting });
    expect(await screen.findByText('Waits until its target is resumed.')).toBeTruthy();
    cleanup();
    const failed = { ...REPLAY, state: 'failed', failure: 'The target tgt_1 was deleted.' };
    show('/replays/rpl_1', <ReplayPage />, { 'GET /v1/replays/rpl_1': failed });
    expect(await screen.findByText('The target tgt_1 was deleted.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Cancel' })).toBeNull();
  });

  test('is paused at once, and cancelled only after asking by its name', async () => {
    const asked = show('/replays/rpl_1', <ReplayPage />, {
      'GET /v1/replays/rpl_1': REPLAY,
      'POST /v1/replays/rpl_1/pause': REPLAY,
      'POST /v1/replays/rpl_1/cancel': REPLAY,
    });
    await screen.findByRole('heading', { name: 'order.created events to billing' });
    await userEvent.click(screen.getByRole('button', { name: 'Pause' }));
    expect(bodiesOf(asked, 'POST /v1/replays/rpl_1/pause')).toHaveLength(1);
    await userEvent.click(await screen.findByRole('button', { name: 'Cancel', busy: false }));
    const dialog = screen.getByRole('dialog', {
      name: 'Cancel the replay “order.created events to billing”?',
    });
    expect(bodiesOf(asked, 'POST /v1/replays/rpl_1/cancel')).toEqual([]);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Cancel' }));
    expect(bodiesOf(asked, 'POST /v1/replays/rpl_1/cancel')).toHaveLength(1);
  });

  test('one that is paused can be resumed', async () => {
    const asked = show('/replays/rpl_1', <ReplayPage />, {
      'GET /v1/replays/rpl_1': { ...REPLAY, state: 'paused' },
      'POST /v1/replays/rpl_1/resume': REPLAY,
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Resume' }));
    expect(bodiesOf(asked, 'POST /v1/replays/rpl_1/resume')).toHaveLength(1);
  });
});

describe('the list of replays', () => {
  test('says what there will be while there are none', async () => {
    show('/replays', <ReplayList />, { 'GET /v1/replays': { data: [], nextCursor: null } });
    expect(await screen.findByText('No replays yet')).toBeTruthy();
  });
});

describe('the way to a replay', () => {
  test('takes the filters along', () => {
    const filters = { type: ['a', 'b'], q: 'x' };
    show('/events', <ReplayButton filters={filters} />, {});
    expect(screen.getByRole('link', { name: 'Replay…' }).getAttribute('href')).toBe(
      '/replays/new?type=a&type=b&q=x',
    );
  });

  test('is closed to a viewer, and says why', () => {
    show('/events', <ReplayButton filters={{}} />, {}, 'viewer');
    expect(screen.getByRole('button', { name: 'Replay…' }).title).toContain(
      'Needs the role operator',
    );
  });
});

describe('a group of dead letters', () => {
  const groups = {
    data: [
      {
        targetId: 'tgt_1',
        reason: 'http_422',
        count: 3,
        oldestAt: '2024-12-01T00:00:00.000Z',
        newestAt: '2025-01-01T00:00:00.000Z',
      },
    ],
  };
  const work = { ...REPLAY, kind: 'retry-dead', expected: 3, scanned: 1, deliveries: null };
  const answers = {
    'GET /v1/dead-letters/groups': groups,
    'GET /v1/replays/rpl_1': work,
    'POST /v1/dead-letters/retry': work,
    'POST /v1/dead-letters/discard': work,
  };

  test.each(['Retry', 'Discard'])(
    '%s asks by its name, and is then seen to drain',
    async (word) => {
      const asked = show('/dead-letters', <DeadLetterGroups />, answers);
      await screen.findByRole('cell', { name: 'billing' });
      await userEvent.click(screen.getByRole('button', { name: word }));
      const dialog = screen.getByRole('dialog', {
        name: `${word} 3 dead letters of billing, HTTP 422?`,
      });
      await userEvent.click(within(dialog).getByRole('button', { name: word }));
      expect(bodiesOf(asked, `POST /v1/dead-letters/${word.toLowerCase()}`)).toEqual([
        { filter: { targetId: ['tgt_1'], reason: ['http_422'] } },
      ]);
      expect(await screen.findByText('1 of 3 dead letters')).toBeTruthy();
      expect(screen.getByRole('link', { name: `${word} billing, HTTP 422` })).toBeTruthy();
    },
  );

  test('says since when it is there, and when it last grew', async () => {
    show('/dead-letters', <DeadLetterGroups />, answers);
    const row = await screen.findByRole('row', { name: /billing/ });
    const times = [...row.querySelectorAll('time')].map(({ dateTime }) => dateTime);
    expect(times).toEqual(['2024-12-01T00:00:00.000Z', '2025-01-01T00:00:00.000Z']);
  });

  test('is left alone by a viewer', async () => {
    show('/dead-letters', <DeadLetterGroups />, answers, 'viewer');
    const button = await screen.findByRole('button', { name: 'Discard' });
    expect(button.title).toContain('Needs the role operator');
  });
});
