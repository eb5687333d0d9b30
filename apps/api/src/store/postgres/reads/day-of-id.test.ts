import { describe, expect, test } from '@jest/globals';

import { createIdFactory } from '../../../domain/ids.ts';
import { dayOfId } from './day-of-id.ts';

describe('the day of an id', () => {
  test.each([0, 86_399_999, 86_400_000, 1_765_143_360_123])('is that of its making, %i', (at) => {
    expect(dayOfId(createIdFactory(() => at)('evt'))).toBe(Math.floor(at / 86_400_000));
  });
  test.each(['', 'evt', 'evt_', 'evt_short', 'evt_0123456789'.replace('9', 'u'), '0123456789ab'])(
    'is unknown of %j',
    (id) => {
      expect(dayOfId(id)).toBeNull();
    },
  );
});
