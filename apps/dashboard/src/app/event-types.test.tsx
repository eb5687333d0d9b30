import { afterEach, beforeAll, expect, test } from '@jest/globals';
import type { EventType } from '@signalbox/api/contract';
import { cleanup, fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { EventTypePage } from '../features/event-types/EventTypePage.tsx';
import { bodiesOf, openDialogs, showScreen } from './show-for-tests.tsx';

const SEEN: EventType = {
  name: 'order.created',
  description: '',
  registered: false,
  schemas: [],
  firstSeenAt: '2026-01-01T00:00:00.000Z',
  lastSeenAt: '2026-01-01T00:00:00.000Z',
};
const PLACE = '/v1/event-types/order.created';

function show(type: EventType) {
  const answers: Record<string, unknown> = {
    [`GET ${PLACE}`]: type,
    'GET /v1/events': { data: [], nextCursor: null },
    'POST /v1/event-types': { ...type, registered: true },
    [`POST ${PLACE}/schemas/test`]: { stricter: [], scanned: 0, failed: 0, samples: [] },
    [`POST ${PLACE}/schemas`]: {},
  };
  const asked = showScreen({
    at: '/event-types/one?name=order.created',
    element: <EventTypePage />,
    answers,
    role: 'admin',
  });
  return { asked, answers };
}

beforeAll(openDialogs);
afterEach(cleanup);

test('a type that was only seen is registered once, and its screen says so at once', async () => {
  const { asked, answers } = show(SEEN);
  const register = await screen.findByRole('button', { name: 'Register' });
  answers[`GET ${PLACE}`] = { ...SEEN, registered: true };
  await userEvent.click(register);
  await screen.findByRole('button', { name: 'Save' });
  expect(screen.queryByText('Not registered')).toBeNull();
  expect(bodiesOf(asked, 'POST /v1/event-types')).toHaveLength(1);
});

test('a new version is the schema as it stands, also when it is added at once after typing', async () => {
  const { asked } = show({ ...SEEN, registered: true });
  const text = await screen.findByRole('textbox', { name: 'JSON Schema' });
  fireEvent.change(text, { target: { value: '{"type": "object", "required": ["orderId"]}' } });
  fireEvent.click(screen.getByRole('button', { name: 'Add version' }));
  await screen.findByRole('button', { name: 'Add version', busy: false });
  expect(bodiesOf(asked, `POST ${PLACE}/schemas`)).toEqual([
    { schema: { type: 'object', required: ['orderId'] } },
  ]);
});
