import { ADMIN } from './gateway.ts';

type Body = Record<string, unknown>;

/** Calls the gateway as its first admin. */
export async function createApiClient(url: string, admin = ADMIN) {
  const login = await call(`${url}/v1/auth/login`, {}, admin);
  const headers = { authorization: `Bearer ${String(login['accessToken'])}` };
  return {
    post: (path: string, body: Body) => call(`${url}${path}`, headers, body),
    sendEvent: (key: string, event: Body) =>
      call(`${url}/v1/events`, { authorization: `Bearer ${key}` }, event),
  };
}

async function call(url: string, headers: Record<string, string>, body: Body): Promise<Body> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as Body;
  if (!response.ok) throw new Error(`${url}: ${String(response.status)} ${JSON.stringify(answer)}`);
  return answer;
}
