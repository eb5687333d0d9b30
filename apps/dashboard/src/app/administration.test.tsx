import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Alert } from '@signalbox/api/contract';
import { cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { AlertList } from '../features/alerts/AlertList.tsx';
import { NewAlertRule } from '../features/alerts/NewAlertRule.tsx';
import { SchemaCheck } from '../features/event-types/SchemaCheck.tsx';
import { NewUser } from '../features/users/NewUser.tsx';
import { UserPage } from '../features/users/UserPage.tsx';
import { bodiesOf, openDialogs, Refusal, showScreen } from './show-for-tests.tsx';

const AT = '2026-01-01T00:00:00.000Z';
const page = (...data: unknown[]) => ({ data, nextCursor: null });
const NAMES = {
  'GET /v1/targets': page({ id: 'tgt_1', name: 'billing' }),
  'GET /v1/sources': page({ id: 'src_1', name: 'shop' }),
};
const fault = (pointer: string, detail: string) =>
  new Refusal(422, { code: 'validation_failed', detail, errors: [{ pointer, code: 'x', detail }] });
const press = async (name: string) => userEvent.click(screen.getByRole('button', { name }));

beforeAll(openDialogs);
afterEach(cleanup);

describe('a new alert rule', () => {
  test('offers only the scopes that its measure knows, and says what it watches', async () => {
    const asked = showScreen({
      at: '/alert-rules/new',
      element: <NewAlertRule />,
      answers: { ...NAMES, 'POST /v1/alert-rules': { id: 'alr_1' } },
      role: 'admin',
    });
    await userEvent.type(screen.getByLabelText('Name'), 'Billing waits ');
    await userEvent.selectOptions(screen.getByLabelText('Of'), 'target');
    await screen.findByRole('option', { name: 'billing' });
    await userEvent.selectOptions(screen.getByLabelText('Target'), 'billing');
    await press('Create rule');
    expect(bodiesOf(asked, 'POST /v1/alert-rules')).toEqual([
      {
        name: 'Billing waits',
        measure: 'failureRatePercent',
        scope: { kind: 'target', targetId: 'tgt_1' },
        threshold: 50,
        windowMinutes: 15,
        severity: 'warning',
        state: 'active',
      },
    ]);
    expect(await screen.findByText('Another screen')).toBeTruthy();
  });

  test('keeps what was typed and shows what the gateway says of a field', async () => {
    showScreen({
      at: '/alert-rules/new',
      element: <NewAlertRule />,
      answers: {
        ...NAMES,
        'POST /v1/alert-rules': fault('/threshold', 'must be at most 100'),
      },
      role: 'admin',
    });
    await userEvent.type(screen.getByLabelText('Name'), 'Too much');
    await press('Create rule');
    expect((await screen.findAllByText('must be at most 100')).length).toBeGreaterThan(0);
    const threshold = screen.getByLabelText(/^Raised/);
    expect(threshold.getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe('Too much');
  });

  test('tells an operator why they may not make one', () => {
    showScreen({ at: '/alert-rules/new', element: <NewAlertRule />, answers: NAMES });
    const { title } = screen.getByRole('button', { name: 'Create rule' });
    expect(title).toBe('Needs the role admin; you are an operator.');
  });
});

describe('an alert', () => {
  const alert: Alert = {
    id: 'alt_1',
    state: 'open',
    code: 'rule',
    ruleId: 'alr_1',
    measure: 'failureRatePercent',
    targetId: 'tgt_1',
    sourceId: null,
    severity: 'critical',
    title: 'Most attempts on billing fail',
    detail: '82 % of 50 attempts failed in 15 minutes.',
    value: 82,
    threshold: 50,
    occurrences: 1,
    raisedAt: AT,
    lastSeenAt: AT,
    resolvedAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
  };

  test('of the URL is open, says what was measured, and is taken up once', async () => {
    const asked = showScreen({
      at: '/alerts?alert=alt_1',
      element: <AlertList />,
      answers: {
        ...NAMES,
        'GET /v1/alerts': page(alert),
        'GET /v1/alerts/alt_1': alert,
        'POST /v1/alerts/alt_1/acknowledge': { ...alert, acknowledgedAt: AT },
      },
    });
    expect(await screen.findByText('82 % of 50 attempts failed in 15 minutes.')).toBeTruthy();
    expect(await screen.findByRole('link', { name: 'billing' })).toBeTruthy();
    await press('I look after it');
    expect(bodiesOf(asked, 'POST /v1/alerts/alt_1/acknowledge')).toHaveLength(1);
  });

  test('of the URL is open also where the list does not hold it', async () => {
    showScreen({
      at: '/alerts?state=open&alert=alt_1',
      element: <AlertList />,
      answers: {
        ...NAMES,
        'GET /v1/alerts': page(),
        'GET /v1/alerts/alt_1': { ...alert, state: 'resolved', resolvedAt: AT },
      },
    });
    expect(await screen.findByText('82 % of 50 attempts failed in 15 minutes.')).toBeTruthy();
  });

  test('stays open when it leaves the filter', async () => {
    const answers: Record<string, unknown> = {
      ...NAMES,
      'GET /v1/alerts': page(alert),
      'GET /v1/alerts/alt_1': alert,
      'POST /v1/alerts/alt_1/acknowledge': alert,
    };
    showScreen({ at: '/alerts?state=open&alert=alt_1', element: <AlertList />, answers });
    const dialog = await screen.findByRole('dialog', { name: alert.title });
    await screen.findByRole('link', { name: alert.title });
    answers['GET /v1/alerts'] = page();
    answers['GET /v1/alerts/alt_1'] = { ...alert, state: 'resolved', resolvedAt: AT };
    await press('I look after it');
    await screen.findByText('No alert fits these filters');
    expect(within(dialog).getByRole('button', { name: 'I look after it' }).title).toBe(
      'It is over.',
    );
  });

  test('that does not exist is said not to', async () => {
    showScreen({
      at: '/alerts?alert=alt_2',
      element: <AlertList />,
      answers: {
        ...NAMES,
        'GET /v1/alerts': page(alert),
        'GET /v1/alerts/alt_2': new Refusal(404, { detail: 'There is no alert alt_2.' }),
      },
    });
    expect(await screen.findByText('There is no alert alt_2.')).toBeTruthy();
  });

  test('that somebody looks after cannot be taken up again', async () => {
    showScreen({
      at: '/alerts?alert=alt_1',
      element: <AlertList />,
      answers: {
        ...NAMES,
        'GET /v1/alerts': page({ ...alert, acknowledgedAt: AT, acknowledgedBy: 'Grace' }),
        'GET /v1/alerts/alt_1': { ...alert, acknowledgedAt: AT, acknowledgedBy: 'Grace' },
      },
    });
    const { title } = await screen.findByRole('button', { name: 'I look after it' });
    expect(title).toBe('Somebody has seen it already.');
    expect(screen.getByText('Grace')).toBeTruthy();
  });
});

describe('users', () => {
  test('a new one is made as typed, and a fault stands at its field', async () => {
    const asked = showScreen({
      at: '/users/new',
      element: <NewUser />,
      answers: { 'POST /v1/users': fault('/password', 'is too well known') },
      role: 'admin',
    });
    await userEvent.type(screen.getByLabelText('Name'), 'Grace');
    await userEvent.type(screen.getByLabelText('E-mail'), 'grace@example.com');
    await userEvent.selectOptions(screen.getByLabelText('Role'), 'viewer');
    await userEvent.type(screen.getByLabelText('First password'), 'passwordpassword');
    await press('Create user');
    expect(bodiesOf(asked, 'POST /v1/users')).toEqual([
      {
        name: 'Grace',
        email: 'grace@example.com',
        role: 'viewer',
        password: 'passwordpassword',
      },
    ]);
    expect((await screen.findAllByText('is too well known')).length).toBeGreaterThan(0);
  });

  test('only what was changed is sent', async () => {
    const user = {
      id: 'usr_2',
      email: 'grace@example.com',
      name: 'Grace',
      role: 'viewer',
      state: 'active',
      createdAt: AT,
      updatedAt: AT,
      lastLoginAt: null,
    };
    const asked = showScreen({
      at: '/users/usr_2',
      route: '/users/:id',
      element: <UserPage />,
      answers: {
        'GET /v1/users/usr_2': user,
        'PATCH /v1/users/usr_2': { ...user, role: 'operator' },
      },
      role: 'admin',
    });
    const save = await screen.findByRole('button', { name: 'Save' });
    expect(save.title).toBe('Nothing has changed.');
    await userEvent.selectOptions(screen.getByLabelText('Role'), 'operator');
    await userEvent.click(save);
    expect(bodiesOf(asked, 'PATCH /v1/users/usr_2')).toEqual([{ role: 'operator' }]);
  });
});

describe('a schema before it is a version', () => {
  const show = (answer: object) =>
    showScreen({
      at: '/',
      element: <SchemaCheck name="order.created" schema={{ type: 'object' }} against={1} />,
      answers: { 'POST /v1/event-types/order.created/schemas/test': answer },
      role: 'admin',
    });

  test('says where it is stricter and which stored events it would refuse', async () => {
    show({
      stricter: [{ pointer: '/required', detail: 'asks for orderId' }],
      scanned: 100,
      failed: 1,
      samples: [{ eventId: 'evt_1', errors: [{ pointer: '/orderId', detail: 'is missing' }] }],
    });
    expect(await screen.findByText(/Stricter than version 1/)).toBeTruthy();
    expect(screen.getByText('Would not fit 1 of the last 100 events')).toBeTruthy();
    expect(screen.getByText(/asks for orderId/)).toBeTruthy();
    expect(screen.getByText(/is missing/)).toBeTruthy();
  });

  test('says that it is compatible and that all events fit', async () => {
    show({ stricter: [], scanned: 20, failed: 0, samples: [] });
    expect(await screen.findByText(/Compatible/)).toBeTruthy();
    expect(screen.getByText('Fits all of the last 20 events')).toBeTruthy();
  });
});
