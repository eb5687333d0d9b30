import { describe, expect, test } from '@jest/globals';
import { ROLES } from '../domain/resources.ts';
import type { Role } from '../domain/resources.ts';
import type { Principal } from './principal.ts';
import { requireRole } from './require-role.ts';

const user = (role: Role): Principal => ({
  kind: 'user',
  id: 'usr_1',
  role,
  email: 'a@b.example',
  name: 'A',
});

describe('requireRole', () => {
  test('each role may do what the lesser ones may, and nothing above', () => {
    const allowed = ROLES.flatMap((has) =>
      ROLES.filter((needs) => {
        try {
          requireRole(user(has), needs);
          return true;
        } catch {
          return false;
        }
      }).map((needs) => `${has} as ${needs}`),
    );
    expect(allowed).toEqual([
      'viewer as viewer',
      'operator as viewer',
      'operator as operator',
      'admin as viewer',
      'admin as operator',
      'admin as admin',
    ]);
  });

  test('a source has no role at all', () => {
    const source: Principal = { kind: 'source', id: 'src_1', keyId: null };
    expect(() => requireRole(source, 'viewer')).toThrow(
      expect.objectContaining({ code: 'forbidden' }),
    );
  });
});
