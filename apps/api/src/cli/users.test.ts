import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startTestApp, type TestApp } from '../../test/support/start-test-app.ts';
import { createBench, type Bench } from './fixture-for-tests.ts';

/* A gateway runs beside the command line, as it does in life. */

let bench: Bench;
let app: TestApp;
beforeEach(async () => {
  bench = await createBench();
  app = await startTestApp({ settings: { DATA_DIR: bench.folder } });
});
afterEach(async () => {
  await app.close();
  await bench.remove();
});

const signIn = async (email: string, password: string): Promise<number> =>
  (await app.request('post', '/v1/auth/login').send({ email, password })).status;

const audit = async (subjectId: string) => {
  const { body } = await app.as('admin', 'get', `/v1/audit-log?subjectId=${subjectId}`);
  return (body as { data: { action: string; actor: string }[] }).data;
};

interface Told {
  user: { id: string; role: string; state: string };
  password: string | null;
}

describe('user add', () => {
  test('makes a person who can sign in with the password that was shown', async () => {
    const { code, json } = await bench.run('user', 'add', ' Ada@Shop.example ', '--json');
    expect(code).toBe(0);
    const { user, password } = json as unknown as Told;
    expect(user).toMatchObject({ email: 'ada@shop.example', role: 'viewer', state: 'active' });
    expect(await signIn('ada@shop.example', password ?? '')).toBe(200);
    expect(await audit(user.id)).toEqual([
      expect.objectContaining({ action: 'user.created', actor: 'system' }),
    ]);
  });

  test('takes the password from the standard input and does not show it', async () => {
    const argv = ['user', 'add', 'ada@shop.example', '--role', 'operator', '--password-stdin'];
    const { code, output } = await bench.runWith('correct horse battery\n', ...argv);
    expect(code).toBe(0);
    expect(output).not.toContain('correct horse battery');
    expect(await signIn('ada@shop.example', 'correct horse battery')).toBe(200);
  });

  test('refuses a short password, a wrong e-mail and one that is taken', async () => {
    const short = await bench.runWith('short', 'user', 'add', 'a@b.example', '--password-stdin');
    expect(short).toMatchObject({ code: 2, errors: expect.stringContaining('12 characters') });
    const wrong = await bench.run('user', 'add', 'nobody');
    expect(wrong).toMatchObject({ code: 2, errors: expect.stringContaining('email') });
    const taken = await bench.run('user', 'add', 'admin@signalbox.example', '--json');
    expect(taken).toMatchObject({ code: 1, json: { error: { code: 'name_taken' } } });
  });
});

describe('user set-password', () => {
  test('replaces the password and ends the sessions of the person', async () => {
    const { code, json } = await bench.run(
      'user',
      'set-password',
      'operator@signalbox.example',
      '--json',
    );
    expect(code).toBe(0);
    const { user, password } = json as unknown as Told;
    expect(await signIn('operator@signalbox.example', 'a long enough password')).toBe(401);
    expect(await signIn('operator@signalbox.example', password ?? '')).toBe(200);
    expect(await audit(user.id)).toContainEqual(
      expect.objectContaining({ action: 'user.password_set', before: expect.anything() }),
    );
    expect((await bench.run('user', 'set-password', 'nobody@x.example')).code).toBe(1);
  });
});

describe('user set-role', () => {
  test('changes the role, found by e-mail or id', async () => {
    const { json } = await bench.run(
      'user',
      'set-role',
      'viewer@signalbox.example',
      'operator',
      '--json',
    );
    const { user } = json as unknown as Told;
    expect(user.role).toBe('operator');
    const again = await bench.run('user', 'set-role', user.id, 'viewer');
    expect(again).toMatchObject({ code: 0, output: 'viewer@signalbox.example is viewer now.\n' });
  });

  test('leaves the only admin an admin', async () => {
    const { code, errors } = await bench.run(
      'user',
      'set-role',
      'admin@signalbox.example',
      'viewer',
    );
    expect({ code, errors }).toEqual({
      code: 1,
      errors: expect.stringContaining('only active admin'),
    });
  });
});

describe('user disable', () => {
  test('keeps a person out, and --undo lets them in again', async () => {
    const email = 'viewer@signalbox.example';
    expect((await bench.run('user', 'disable', email)).code).toBe(0);
    expect(await signIn(email, 'a long enough password')).not.toBe(200);
    const list = await bench.run('user', 'list');
    expect(list.output).toMatch(/viewer@signalbox\.example +viewer +disabled/);
    expect((await bench.run('user', 'disable', email, '--undo')).code).toBe(0);
    expect(await signIn(email, 'a long enough password')).toBe(200);
  });
});
