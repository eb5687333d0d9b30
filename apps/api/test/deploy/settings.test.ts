import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { signIn } from '../support/api-client.ts';
import { openPm2Home } from '../support/pm2-home.ts';
import { startBox, type Box } from '../support/start-box.ts';

let box: Box;

beforeAll(async () => {
  box = await startBox({ ALLOW_TARGET_CIDRS: 'none' });
});
afterAll(() => box.stop());

/** As a unit of systemd reloads it after a deployment: PM2 is run with the settings as they are by now. */
async function reloadWith(settings: Readonly<Record<string, string>>): Promise<void> {
  const pm2 = openPm2Home(box.folder, Number(new URL(box.url).port), {
    SIGNALBOX_CURRENT: box.release,
    LOG_LEVEL: 'warn',
    ...settings,
  });
  await pm2.run('startOrReload', join(box.release, 'ecosystem.config.cjs'), '--update-env');
}

/** Asked several times: the workers take turns. */
async function makeTargets(name: string): Promise<string[]> {
  const outcomes: string[] = [];
  for (let index = 0; index < 6; index += 1) {
    const api = await signIn(box.url);
    const target = { name: `${name} ${index}`, url: 'http://127.0.0.1:9/hook' };
    outcomes.push(
      await api.post('/v1/targets', target).then(
        () => 'made',
        (error: unknown) => (String(error).includes('loopback') ? 'refused' : String(error)),
      ),
    );
  }
  return [...new Set(outcomes)];
}

describe('a reload', () => {
  test('brings changed settings to every worker, and what is empty by now has its default again', async () => {
    expect(await makeTargets('before')).toEqual(['refused']);
    await reloadWith({ ALLOW_TARGET_CIDRS: '127.0.0.0/8' });
    expect(await makeTargets('changed')).toEqual(['made']);
    await reloadWith({ ALLOW_TARGET_CIDRS: 'none' });
    expect(await makeTargets('changed back')).toEqual(['refused']);
    // By default a gateway whose own address is loopback may reach loopback.
    await reloadWith({ ALLOW_TARGET_CIDRS: '' });
    expect(await makeTargets('emptied')).toEqual(['made']);
  });
});
