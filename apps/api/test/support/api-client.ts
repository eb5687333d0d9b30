import { ADMIN } from './start-gateway.ts';

/** A user of the API who is signed in. */
export interface ApiClient {
  accessToken: string;
  get<Reply>(path: string): Promise<Reply>;
  post<Reply>(path: string, body: unknown): Promise<Reply>;
  delete(path: string): Promise<void>;
}

/** Signs in at a gateway. Every answer that is not 2xx is thrown, with its body. */
export async function signIn(url: string, user = ADMIN): Promise<ApiClient> {
  const { accessToken } = await call<{ accessToken: string }>(
    'POST',
    `${url}/v1/auth/login`,
    {},
    user,
  );
  const headers = { authorization: `Bearer ${accessToken}` };
  return {
    accessToken,
    get: (path) => call('GET', url + path, headers),
    post: (path, body) => call('POST', url + path, headers, body),
    async delete(path) {
      await call('DELETE', url + path, headers);
    },
  };
}

async function call<Reply>(
  method: string,
  url: string,
  headers: Readonly<Record<string, string>>,
  body?: unknown,
): Promise<Reply> {
  const response = await fetch(url, {
    method,
    headers: { ...headers, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url} was answered ${response.status}: ${text}`);
  return JSON.parse(text === '' ? 'null' : text) as Reply;
}
