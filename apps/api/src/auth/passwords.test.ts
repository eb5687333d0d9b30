import { performance } from 'node:perf_hooks';
import { describe, expect, test } from '@jest/globals';
import { hashPassword } from './hash-password.ts';
import { createPasswordDesk } from './password-desk.ts';
import { parsePasswordHash } from './password-hash.ts';
import { verifyPassword } from './verify-password.ts';

describe('hashPassword and verifyPassword', () => {
  test('a password verifies against its own hash and no other does', async () => {
    const phc = await hashPassword('correct horse battery');
    expect(await verifyPassword('correct horse battery', phc)).toBe(true);
    expect(await verifyPassword('correct horse batterz', phc)).toBe(false);
    expect(await verifyPassword('', phc)).toBe(false);
  });

  test('the hash is argon2id in PHC text at the cost that OWASP asks for, salted anew each time', async () => {
    const [first, second] = [await hashPassword('same'), await hashPassword('same')];
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(parsePasswordHash(first)?.salt).not.toEqual(parsePasswordHash(second)?.salt);
  });

  test('a hash made elsewhere with another cost verifies', async () => {
    // From the argon2 reference implementation's test suite (v=19, m=65536, t=2, p=1, "password", "somesalt").
    const phc =
      '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
    expect(await verifyPassword('password', phc)).toBe(true);
    expect(await verifyPassword('passwore', phc)).toBe(false);
  });

  test('characters that are typed in two ways and look the same are the same', async () => {
    expect(
      await verifyPassword('cafe\u0301-au-lait', await hashPassword('caf\u00e9-au-lait')),
    ).toBe(true);
  });

  test('no hash and a broken hash answer false', async () => {
    expect(await verifyPassword('anything', null)).toBe(false);
    expect(await verifyPassword('anything', '$2b$10$abc')).toBe(false);
  });

  test('an unknown account takes as long as a wrong password', async () => {
    const phc = await hashPassword('correct horse battery');
    const [wrong, unknown]: [number[], number[]] = [[], []];
    for (let round = 0; round < 15; round += 1) {
      wrong.push(await timed(() => verifyPassword('wrong', phc)));
      unknown.push(await timed(() => verifyPassword('wrong', null)));
    }
    // Without the spent work the ratio is below 0.01.
    const ratio = median(unknown) / median(wrong);
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });
});

describe('createPasswordDesk', () => {
  test('past the line it answers overloaded, and all who stand in line are served', async () => {
    const desk = createPasswordDesk({ maxRunning: 1, maxWaiting: 2 });
    const served = [desk.hash('a'), desk.hash('b'), desk.hash('c')];
    await expect(desk.hash('d')).rejects.toMatchObject({
      code: 'overloaded',
      retryAfterSeconds: 2,
    });
    expect(new Set(await Promise.all(served)).size).toBe(3);
    expect(await desk.verify('e', await desk.hash('e'))).toBe(true);
  });
});

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
