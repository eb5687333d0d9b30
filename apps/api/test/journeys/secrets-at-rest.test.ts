import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { startReceiver } from '../../src/delivery/testing/open-bench.ts';
import { startTokenEndpoint } from '../../src/delivery/testing/token-endpoint.ts';
import { createLogger } from '../../src/log.ts';
import { signIn } from '../support/api-client.ts';
import { makeAuthority } from '../support/make-certificates.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const ADMIN = { email: 'admin@signalbox.example', password: 'a long enough password' };
const CLIENT_SECRET = 'the-client-secret-nobody-may-see';

async function dump(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => name.startsWith('signalbox.db'));
  const files = await Promise.all(names.map((name) => readFile(join(folder, name), 'latin1')));
  return files.join('\n');
}

test('a dump of the store holds neither client secret nor key nor access token', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-secrets-'));
  const endpoint = await startTokenEndpoint();
  const receiver = await startReceiver((_received, response) => response.end());
  const config = readConfig({
    PORT: '0',
    DATA_DIR: folder,
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_PASSWORD: ADMIN.password,
    ALLOW_TARGET_CIDRS: '127.0.0.0/8',
  });
  const app = await createApp({ config, logger: createLogger('silent') });
  closers.push(
    () => rm(folder, { recursive: true }),
    () => app.close(),
    () => endpoint.close(),
    () => receiver.close(),
  );
  await app.listen();
  const api = await signIn(app.url, ADMIN);
  const { certificate, key } = await (await makeAuthority('clients')).issue();

  const auth = { type: 'oauth2', tokenUrl: endpoint.url, clientId: 'the-client-id' };
  const target = await api.post<{ id: string }>('/v1/targets', {
    name: 'billing',
    url: receiver.url,
    auth: { ...auth, clientSecret: CLIENT_SECRET },
  });
  await api.post('/v1/targets', {
    name: 'mutual',
    url: 'https://billing.example.com/hook',
    tls: { clientCertificate: certificate, clientKey: key },
  });
  await api.post('/v1/subscriptions', {
    name: 'all',
    targetId: target.id,
    pattern: { type: [{ prefix: '' }] },
  });
  const source = await api.post<{ id: string }>('/v1/sources', { name: 'shop' });
  const { key: sourceKey } = await api.post<{ key: string }>(`/v1/sources/${source.id}/keys`, {
    name: 'shop',
  });
  await fetch(`${app.url}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${sourceKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ type: 'order.paid', data: {} }),
  });
  await receiver.got(1);
  expect(receiver.received[0]?.headers.authorization).toBe('Bearer token-1');
  await app.close();
  closers.splice(1, 1);

  const text = await dump(folder);
  const [, keyLine = ''] = key.split('\n');
  expect(keyLine.length).toBeGreaterThan(40);
  for (const known of ['the-client-id', 'webhook-signature', 'BEGIN CERTIFICATE'])
    expect(text).toContain(known);
  for (const secret of [CLIENT_SECRET, keyLine, 'PRIVATE KEY', 'token-1'])
    expect(text).not.toContain(secret);
});
