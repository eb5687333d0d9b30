import { randomUUID } from 'node:crypto';
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
    /** All of them as one batch of CloudEvents of that source. */
    sendEvents: (sourceId: string, key: string, events: Body[]) =>
      call(
        `${url}/v1/events`,
        { authorization: `Bearer ${key}`, 'content-type': 'application/cloudevents-batch+json' },
        events.map((event) => ({
          specversion: '1.0',
          id: randomUUID(),
          source: `/sources/${sourceId}`,
          ...event,
        })),
      ),
  };
}

async function call(url: string, headers: Record<string, string>, body: unknown): Promise<Body> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as Body;
  if (!response.ok) throw new Error(`${url}: ${String(response.status)} ${JSON.stringify(answer)}`);
  return answer;
}
