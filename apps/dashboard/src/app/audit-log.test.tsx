import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { cleanup, screen } from '@testing-library/react';
import { AuditLog } from '../features/audit-log/AuditLog.tsx';
import { bodiesOf, openDialogs, showScreen } from './show-for-tests.tsx';

const CALL = 'GET /v1/audit-log';
const entry = (id: string) => ({
  id,
  action: 'target.paused',
  actor: 'usr_1',
  subjectId: 'tgt_1',
  at: '2026-01-01T00:00:00.000Z',
  address: '127.0.0.1',
  before: { name: 'billing', state: 'active' },
  after: { name: 'billing', state: 'paused' },
});

/** Each page is answered once, in order. */
function showPages(at: string, pages: string[][]) {
  const answers = {
    'GET /v1/users': { data: [], nextCursor: null },
    get [CALL]() {
      const ids = pages.shift() ?? [];
      return { data: ids.map(entry), nextCursor: pages.length > 0 ? 'next' : null };
    },
  };
  return showScreen({ at, element: <AuditLog />, answers, role: 'admin' });
}

beforeAll(openDialogs);
afterEach(cleanup);

describe('a link to an entry of the audit log', () => {
  test('opens it also where it stands on a later page', async () => {
    const many = (from: number) =>
      Array.from({ length: 100 }, (_unused, index) => `aud_${from + index}`);
    const asked = showPages('/audit-log?entry=aud_255', [many(0), many(100), many(200), many(300)]);
    await screen.findByRole('dialog', { name: 'target paused: billing' });
    expect(bodiesOf(asked, CALL)).toHaveLength(3);
  });

  test('says where the entry was not found', async () => {
    showPages('/audit-log?entry=aud_9&action=target.paused', [['aud_1'], ['aud_2']]);
    expect(
      await screen.findByText('It is not among the 2 newest entries that fit the filters.'),
    ).toBeTruthy();
  });
});
