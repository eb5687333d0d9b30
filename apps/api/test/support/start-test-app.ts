import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import supertest from 'supertest';
import { createApp, type App } from '../../src/app.ts';
import { readConfig, type Config } from '../../src/config.ts';
import type { Clock } from '../../src/domain/clock.ts';
import type { Role } from '../../src/domain/resources.ts';
import { createLogger } from '../../src/log.ts';

export const PASSWORD = 'a long enough password';
const EMAILS = {
  admin: 'admin@signalbox.example',
  operator: 'operator@signalbox.example',
  viewer: 'viewer@signalbox.example',
} as const satisfies Record<Role, string>;

export type Method = 'get' | 'post' | 'patch' | 'delete' | 'put' | 'options';

/** What came back. */
export interface Reply {
  ok: boolean;
  status: number;
  headers: Record<string, string>;
  text: string;
  /** The JSON of the answer. */
  body: unknown;
}

/** A request that is sent when it is awaited. */
export interface Call extends PromiseLike<Reply> {
  set(name: string, value: string): Call;
  set(headers: object): Call;
  type(contentType: string): Call;
  send(body?: string | object): Call;
  expect(status: number): Call;
}

/** A gateway on a free port of loopback with a database of its own, a user of each role and one source. */
export interface TestApp {
  url: string;
  /** Access tokens. */
  tokens: Readonly<Record<Role, string>>;
  source: { id: string; key: string };
  /** A request without a credential. */
  request(method: Method, path: string): Call;
  /** A request as a user of that role (default: admin). */
  as(role: Role, method: Method, path: string): Call;
  /** A request as the source. */
  send(path?: string): Call;
  /** Creates something as admin; answers the body of a 2xx. */
  create(path: string, body: object): Promise<Record<string, string>>;
  app: App;
  close(): Promise<void>;
}

/** Starts the real gateway from its composition root. */
export async function startTestApp(
  options: { config?: Partial<Config>; clock?: Clock } = {},
): Promise<TestApp> {
  const dataDir = await mkdtemp(join(tmpdir(), 'signalbox-http-'));
  const base = readConfig({
    PORT: '0',
    DATA_DIR: dataDir,
    ADMIN_EMAIL: EMAILS.admin,
    ADMIN_PASSWORD: PASSWORD,
    LOG_LEVEL: 'silent',
    SHUTDOWN_SECONDS: '4',
  });
  const app = await createApp({
    config: { ...base, ...options.config },
    logger: createLogger('silent'),
    ...(options.clock ? { clock: options.clock } : {}),
  });
  await app.listen();
  const url = app.url;
  const http: Record<Method, (path: string) => Call> = supertest(url);
  const login = async (role: Role): Promise<string> => {
    const { body } = await http
      .post('/v1/auth/login')
      .send({ email: EMAILS[role], password: PASSWORD });
    return (body as { accessToken: string }).accessToken;
  };
  const admin = await login('admin');
  const create = async (path: string, body: object): Promise<Record<string, string>> => {
    const response = await http.post(path).set('authorization', `Bearer ${admin}`).send(body);
    if (!response.ok) throw new Error(`${path} was answered ${response.status}: ${response.text}`);
    return response.body as Record<string, string>;
  };
  for (const role of ['operator', 'viewer'] as const)
    await create('/v1/users', { email: EMAILS[role], name: role, role, password: PASSWORD });
  const tokens = { admin, operator: await login('operator'), viewer: await login('viewer') };
  const { id = '' } = await create('/v1/sources', { name: 'shop' });
  const { key = '' } = await create(`/v1/sources/${id}/keys`, { name: 'test' });

  return {
    url,
    tokens,
    source: { id, key },
    request: (method, path) => http[method](path),
    as: (role, method, path) => http[method](path).set('authorization', `Bearer ${tokens[role]}`),
    send: (path = '/v1/events') => http.post(path).set('authorization', `Bearer ${key}`),
    create,
    app,
    async close() {
      await app.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** What every error must look like. */
export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  code: string;
  errors?: { pointer: string; code: string; detail: string }[];
}
