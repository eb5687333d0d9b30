import { EVENT_SOURCE, EVENT_TYPE } from '../load/payload.ts';

/** As many deliveries at once as the peers make. */
const CONCURRENCY = 64;
const TIMEOUT_MS = 5000;

/** Signs in, makes a source with a key, and for each URL a target and a subscription to every event. Answers the key. */
export async function configureGateway(
  url: string,
  user: { email: string; password: string },
  targetUrls: readonly string[],
): Promise<string> {
  const accessToken = await signIn(url, user);
  const source = await post<{ id: string }>(url, '/v1/sources', accessToken, {
    name: 'bench',
    allowedSources: [EVENT_SOURCE, '/sources/*'],
    ratePerSecond: 100_000,
  });
  for (const [index, targetUrl] of targetUrls.entries()) {
    const name = `bench ${index + 1}`;
    const target = await post<{ id: string }>(url, '/v1/targets', accessToken, {
      name,
      url: targetUrl,
      format: 'data',
      maxConcurrency: CONCURRENCY,
      timeoutMs: TIMEOUT_MS,
    });
    await post(url, '/v1/subscriptions', accessToken, {
      name,
      targetId: target.id,
      pattern: { type: [EVENT_TYPE] },
    });
  }
  const keyPath = `/v1/sources/${source.id}/keys`;
  const { key } = await post<{ key: string }>(url, keyPath, accessToken, { name: 'bench' });
  return key;
}

/** Answers the access token. */
export async function signIn(
  url: string,
  user: { email: string; password: string },
): Promise<string> {
  const { accessToken } = await post<{ accessToken: string }>(url, '/v1/auth/login', null, user);
  return accessToken;
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
