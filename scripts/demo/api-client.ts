export interface ApiClient {
  get<Reply>(path: string): Promise<Reply>;
  post<Reply>(path: string, body: unknown): Promise<Reply>;
  /** Reads the resource's `ETag` and sends the change with `If-Match`. */
  patch<Reply>(path: string, change: unknown): Promise<Reply>;
}

/** An answer of the gateway that is not 2xx. `message` holds the problem's own words. */
export class ApiError extends Error {
  readonly statusCode: number;

  constructor(statusCode: number, message: string) {
    super(message);
    this.statusCode = statusCode;
  }
}

/** The gateway cannot be reached at all. */
export class UnreachableError extends Error {}

interface Problem {
  title?: string;
  detail?: string;
  errors?: { pointer: string; detail: string }[];
}

/** Signs in and answers a client that signs in again by itself when its token has run out. */
export async function signIn(url: string, email: string, password: string): Promise<ApiClient> {
  let accessToken = '';
  const login = async (): Promise<void> => {
    const response = await call(url, 'POST', '/v1/auth/login', {}, { email, password });
    ({ accessToken } = await read<{ accessToken: string }>(response, 'POST /v1/auth/login'));
  };
  const send = async (
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: unknown,
  ): Promise<Response> => {
    const authorized = () =>
      call(url, method, path, { ...headers, authorization: `Bearer ${accessToken}` }, body);
    const response = await authorized();
    if (response.status !== 401) return response;
    await login();
    return authorized();
  };
  await login();
  return {
    get: async (path) => read(await send('GET', path, {}), `GET ${path}`),
    post: async (path, body) => read(await send('POST', path, {}, body), `POST ${path}`),
    patch: async (path, change) => {
      const current = await send('GET', path, {});
      const etag = current.headers.get('etag') ?? '*';
      await current.arrayBuffer();
      return read(await send('PATCH', path, { 'if-match': etag }, change), `PATCH ${path}`);
    },
  };
}

async function call(
  url: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: unknown,
): Promise<Response> {
  const content: RequestInit =
    body === undefined
      ? { headers }
      : { headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) };
  try {
    return await fetch(url + path, { method, ...content });
  } catch (error) {
    throw new UnreachableError(`No gateway answers at ${url}.`, { cause: error });
  }
}

async function read<Reply>(response: Response, what: string): Promise<Reply> {
  const text = await response.text();
  if (response.ok) return JSON.parse(text) as Reply;
  throw new ApiError(response.status, `${what} was answered ${response.status}: ${explain(text)}`);
}

function explain(text: string): string {
  try {
    const { title, detail, errors = [] } = JSON.parse(text) as Problem;
    const faults = errors.map((fault) => `${fault.pointer}: ${fault.detail}`);
    return [detail ?? title ?? '', ...faults].join(' ');
  } catch {
    return text.slice(0, 300);
  }
}
