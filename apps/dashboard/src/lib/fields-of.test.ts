import { describe, expect, test } from '@jest/globals';
import { fieldsOf } from './fields-of.ts';

function bound(faults: Record<string, string> = {}) {
  const written: unknown[] = [];
  const form = { name: 'shop', timeoutSeconds: '15' };
  const field = fieldsOf({
    form,
    onChange: (next) => {
      written.push(next);
    },
    faultOf: (pointer) => faults[pointer],
  });
  return { field, written };
}

describe('a field that is bound to a member of a form', () => {
  test('shows that member and writes it alone', () => {
    const { field, written } = bound();
    expect(field('name').value).toBe('shop');
    field('name').onChange('till');
    expect(written).toEqual([{ name: 'till', timeoutSeconds: '15' }]);
  });
  test('shows the fault of the same member, or of the place that was named', () => {
    const { field } = bound({ '/name': 'Too long.', '/timeoutMs': 'Too short.' });
    expect(field('name').fault).toBe('Too long.');
    expect(field('timeoutSeconds').fault).toBeUndefined();
    expect(field('timeoutSeconds', '/timeoutMs').fault).toBe('Too short.');
  });
});
