import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Subscription, Target } from '@signalbox/api/contract';
import { cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { DeliveryList } from '../features/deliveries/DeliveryList.tsx';
import { EventList } from '../features/events/EventList.tsx';
import { FirstSteps } from '../features/overview/FirstSteps.tsx';
import { TargetsHealth } from '../features/overview/TargetsHealth.tsx';
import { NewSubscription } from '../features/subscriptions/NewSubscription.tsx';
import { SubscriptionPage } from '../features/subscriptions/SubscriptionPage.tsx';
import { TargetSwitch } from '../features/targets/TargetSwitch.tsx';
import { bodiesOf, openDialogs, Refusal, showScreen } from './show-for-tests.tsx';

const AT = '2026-01-01T00:00:00.000Z';
const page = (...data: unknown[]) => ({ data, nextCursor: null });
const press = async (name: string) => userEvent.click(await screen.findByRole('button', { name }));

beforeAll(() => {
  openDialogs();
  // jsdom lays nothing out, and the editor asks where its text stands.
  Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
});
afterEach(cleanup);

describe('a target', () => {
  const show = (state: Target['state'], role: 'operator' | 'admin') =>
    showScreen({
      at: '/targets/tgt_1',
      element: (
        <TargetSwitch target={{ id: 'tgt_1', name: 'billing', state, etag: '"3"' } as never} />
      ),
      answers: { 'PATCH /v1/targets/tgt_1': {}, 'POST /v1/targets/tgt_1/resume': {} },
      role,
    });
  const PATCH = 'PATCH /v1/targets/tgt_1';

  test.each(['active', 'paused'] as const)(
    'that is %s is disabled only after asking by its name',
    async (state) => {
      const asked = show(state, 'admin');
      await press('Disable');
      const dialog = screen.getByRole('dialog', { name: 'Disable billing?' });
      expect(bodiesOf(asked, PATCH)).toEqual([]);
      await userEvent.click(within(dialog).getByRole('button', { name: 'Disable' }));
      expect(bodiesOf(asked, PATCH)).toEqual([{ state: 'disabled' }]);
    },
  );

  test('is disabled by an admin alone, and the button says so', () => {
    show('active', 'operator');
    expect(screen.getByRole('button', { name: 'Disable' }).title).toBe(
      'Needs the role admin; you are an operator.',
    );
  });

  test('that is disabled is enabled by an operator at once', async () => {
    const asked = show('disabled', 'operator');
    expect(screen.queryByRole('button', { name: 'Disable' })).toBeNull();
    await press('Enable');
    expect(bodiesOf(asked, 'POST /v1/targets/tgt_1/resume')).toHaveLength(1);
  });
});

describe('a subscription', () => {
  const stored: Subscription = {
    id: 'sub_1',
    name: 'orders',
    targetId: 'tgt_1',
    pattern: { type: ['order.created'] },
    transform: { language: 'jsonata', body: 'data', headers: { 'X-A': 'b' } },
    orderingKey: 'subject',
    onDeadLetter: 'block',
    state: 'paused',
    createdAt: AT,
    updatedAt: AT,
  };
  const answers = {
    'GET /v1/subscriptions/sub_1': stored,
    'GET /v1/targets': page({ id: 'tgt_1', name: 'billing' }),
    'GET /v1/deliveries': page(),
    'GET /v1/events': page(),
    'POST /v1/patterns/test': { matches: true, failures: [] },
    'POST /v1/transforms/test': { result: {}, errors: [] },
  };

  test('leads to a copy of itself, for those who may make one', () => {
    const showAs = (role: 'operator' | 'admin') =>
      showScreen({
        at: '/subscriptions/sub_1',
        route: '/subscriptions/:id',
        element: <SubscriptionPage />,
        answers: { ...answers, 'GET /v1/subscriptions/sub_1': new Refusal(404, {}) },
        role,
      });
    showAs('admin');
    expect(screen.getByRole('link', { name: 'Clone' }).getAttribute('href')).toBe(
      '/subscriptions/new?from=sub_1',
    );
    cleanup();
    showAs('operator');
    expect(screen.getByRole('button', { name: 'Clone' }).title).toContain('Needs the role admin');
  });

  test('is copied with all that it has, also what its form does not show, under another name', async () => {
    const asked = showScreen({
      at: '/subscriptions/new?from=sub_1',
      element: <NewSubscription />,
      answers: { ...answers, 'POST /v1/subscriptions': { ...stored, id: 'sub_2' } },
      role: 'admin',
    });
    const name = await screen.findByLabelText<HTMLInputElement>('Name');
    expect(name.value).toBe('orders copy');
    await press('Create subscription');
    const { targetId, pattern, transform, orderingKey, onDeadLetter, state } = stored;
    expect(bodiesOf(asked, 'POST /v1/subscriptions')).toEqual([
      { name: 'orders copy', targetId, pattern, transform, orderingKey, onDeadLetter, state },
    ]);
  });

  test('that cannot be read says why instead of a form', async () => {
    showScreen({
      at: '/subscriptions/new?from=sub_9',
      element: <NewSubscription />,
      answers: {
        ...answers,
        'GET /v1/subscriptions/sub_9': new Refusal(404, { detail: 'There is no sub_9.' }),
      },
      role: 'admin',
    });
    expect(await screen.findByText('There is no sub_9.')).toBeTruthy();
    expect(screen.queryByLabelText('Name')).toBeNull();
  });
});

describe('the way to the first source, target or subscription', () => {
  const answers = {
    'GET /v1/sources': page(),
    'GET /v1/targets': page(),
    'GET /v1/subscriptions': page(),
    'GET /v1/events': page(),
    'GET /v1/deliveries': page(),
    'GET /v1/metrics/conservation': { events: { accepted: 0 } },
  };
  test.each([
    ['Make a source', '/', <FirstSteps key="f" />],
    ['Make a target', '/', <FirstSteps key="f" />],
    ['Make a target', '/', <TargetsHealth key="h" summary={{ targets: [] } as never} />],
    ['Make a source', '/events', <EventList key="e" />],
    ['Make a subscription', '/deliveries', <DeliveryList key="d" />],
  ])('is closed to an operator, and "%s" at %s says why', async (name, at, element) => {
    showScreen({ at, element, answers });
    const button = await screen.findByRole('button', { name });
    expect(button.title).toBe('Needs the role admin; you are an operator.');
    expect(screen.queryByRole('link', { name })).toBeNull();
  });

  test('is open to an admin', async () => {
    showScreen({ at: '/events', element: <EventList />, answers, role: 'admin' });
    const link = await screen.findByRole('link', { name: 'Make a source' });
    expect(link.getAttribute('href')).toBe('/sources/new');
  });
});
