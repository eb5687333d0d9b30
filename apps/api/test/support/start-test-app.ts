import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectByTls } from 'node:tls';
import supertest from 'supertest';
import type { Clock } from '../../src/domain/clock.ts';
import type { Role } from '../../src/domain/resources.ts';
import type { Call, Method } from './call.ts';
import { createSettling } from './settling.ts';
import { currentShape } from './shape.ts';
import { startShape } from './start-shape.ts';

export type { Call, Method, Reply } from './call.ts';

export const PASSWORD = 'a long enough password';
const EMAILS = {
  admin: 'admin@signalbox.example',
  operator: 'operator@signalbox.example',
  viewer: 'viewer@signalbox.example',
} as const satisfies Record<Role, string>;

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
  /** A connection to where requests go, by TLS where that is so. */
  connect(): Socket;
  /** Resolves when every process knows the configuration as it is now; `send` waits for it by itself. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts the real gateway in the shape that this run is about.
 * @param options.settings environment variables of docs/settings.md
 * @param options.clock only where it is embedded
 */
export async function startTestApp(
  options: { settings?: Readonly<Record<string, string>>; clock?: Clock } = {},
): Promise<TestApp> {
  const { url, stop } = await startShape(
    currentShape(),
    {
      ADMIN_EMAIL: EMAILS.admin,
      ADMIN_PASSWORD: PASSWORD,
      SHUTDOWN_SECONDS: '4',
      DRAIN_SECONDS: '0',
      ...options.settings,
    },
    options.clock,
  );
  const settling = createSettling(currentShape());
  const agent: Record<Method, (path: string) => Call> = supertest(url);
  const call = (method: Method, path: string): Call =>
    settling.watch(method, path, agent[method](path));
  const login = async (role: Role): Promise<string> => {
    const { body } = await call('post', '/v1/auth/login').send({
      email: EMAILS[role],
      password: PASSWORD,
    });
    return (body as { accessToken: string }).accessToken;
  };
  const admin = await login('admin');
  const create = async (path: string, body: object): Promise<Record<string, string>> => {
    const response = await call('post', path).set('authorization', `Bearer ${admin}`).send(body);
    if (!response.ok) throw new Error(`${path} was answered ${response.status}: ${response.text}`);
    return response.body as Record<string, string>;
  };
  for (const role of ['operator', 'viewer'] as const)
    await create('/v1/users', { email: EMAILS[role], name: role, role, password: PASSWORD });
  const tokens = { admin, operator: await login('operator'), viewer: await login('viewer') };
  const { id = '' } = await create('/v1/sources', { name: 'shop' });
  const { key = '' } = await create(`/v1/sources/${id}/keys`, { name: 'test' });
  await settling.settled();

  return {
    url,
    tokens,
    source: { id, key },
    request: call,
    as: (role, method, path) => call(method, path).set('authorization', `Bearer ${tokens[role]}`),
    send: (path = '/v1/events') => call('post', path).set('authorization', `Bearer ${key}`),
    create,
    connect() {
      const { protocol, hostname, port } = new URL(url);
      return protocol === 'https:'
        ? connectByTls(Number(port), hostname)
        : connectPlain(Number(port), hostname);
    },
    settled: settling.settled,
    close: stop,
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
