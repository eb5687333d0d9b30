import { EVENT_SOURCE, EVENT_TYPE } from '../load/payload.ts';

/** As many deliveries at once as the peers make. */
const CONCURRENCY = 64;

/** Signs in, makes a source with a key, a target and a subscription. Answers the key. */
export async function configureGateway(
  url: string,
  user: { email: string; password: string },
  targetUrl: string,
): Promise<string> {
  const { accessToken } = await post<{ accessToken: string }>(url, '/v1/auth/login', null, user);
  const source = await post<{ id: string }>(url, '/v1/sources', accessToken, {
    name: 'bench',
    allowedSources: [EVENT_SOURCE, '/sources/*'],
    ratePerSecond: 100_000,
  });
  const target = await post<{ id: string }>(url, '/v1/targets', accessToken, {
    name: 'bench',
    url: targetUrl,
    format: 'data',
    maxConcurrency: CONCURRENCY,
  });
  await post(url, '/v1/subscriptions', accessToken, {
    name: 'bench',
    targetId: target.id,
    pattern: { type: [EVENT_TYPE] },
  });
  const keyPath = `/v1/sources/${source.id}/keys`;
  const { key } = await post<{ key: string }>(url, keyPath, accessToken, { name: 'bench' });
  return key;
}

async function post<Reply>(
  url: string,
  path: string,
  accessToken: string | null,
  body: unknown,
): Promise<Reply> {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(accessToken === null ? {} : { authorization: `Bearer ${accessToken}` }),
    },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`POST ${path} was answered ${response.status}: ${text}`);
  return JSON.parse(text) as Reply;
}
