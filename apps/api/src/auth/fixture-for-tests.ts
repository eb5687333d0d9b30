import { randomBytes } from 'node:crypto';
import type { FakeClock } from '../domain/fake-clock.ts';
import { createIdFactory } from '../domain/ids.ts';
import type { Resource, ResourceBodies, ResourceKind, Role } from '../domain/resources.ts';
import type { AuditEntry, Store } from '../store/store.ts';
import { createAccessTokens } from './access-tokens.ts';
import { createAuthenticator } from './authenticator.ts';
import type { AuthCatalog } from './catalog-shape.ts';
import { hashPassword } from './hash-password.ts';
import { createPasswordDesk } from './password-desk.ts';
import { createSealer } from './sealing.ts';
import type { SealingKeys } from './sealing.ts';
import type { SecurityEvent } from './security-event.ts';
import { createSessions } from './sessions.ts';
import { createSigningKeys } from './signing-keys.ts';
import { createSourceKey } from './source-keys.ts';
import { createSourceTokens } from './source-tokens.ts';

export const ISSUER = 'https://signalbox.example';
export const PASSWORD = 'correct horse battery';

/** The configuration of a real store, read when a test says so. */
function createTestCatalog(store: Store): AuthCatalog {
  let users: Resource<'user'>[] = [];
  let sources: Resource<'source'>[] = [];
  let sourceKeys: Resource<'source-key'>[] = [];
  let signingKeys: Resource<'signing-key'>[] = [];
  return {
    user: (id) => users.find((user) => user.id === id),
    source: (id) => sources.find((source) => source.id === id),
    sourceKey: (id) => sourceKeys.find((key) => key.id === id),
    sourceKeyByHash: (hash) => sourceKeys.find((key) => key.body.hash === hash),
    signingKeys: () => signingKeys,
    async refresh() {
      users = await store.loadResources('user');
      sources = await store.loadResources('source');
      sourceKeys = await store.loadResources('source-key');
      signingKeys = await store.loadResources('signing-key');
    },
  };
}

export type AuthFixture = Awaited<ReturnType<typeof createAuthFixture>>;

/** One process' authentication over a real store; call it twice for two processes. */
export async function createAuthFixture(
  store: Store,
  clock: FakeClock,
  sealing: SealingKeys = { currentKeyId: 'test', keys: { test: randomBytes(32) } },
) {
  const ids = createIdFactory(() => clock.now());
  const catalog = createTestCatalog(store);
  const sealer = createSealer(sealing);
  const signingKeys = createSigningKeys({ store, catalog, sealer, clock, ids });
  const accessTokens = createAccessTokens({ signingKeys, issuer: ISSUER, clock });
  const reported: SecurityEvent[] = [];
  const report = (event: SecurityEvent) => void reported.push(event);
  const shared = { accessTokens, signingKeys, catalog, clock, report };
  const passwords = createPasswordDesk({ maxRunning: 4 });
  await catalog.refresh();

  const audit = (): AuditEntry => ({
    id: ids('aud'),
    at: clock.now(),
    actor: 'system',
    action: 'test',
    subjectId: 'test',
    address: null,
    before: null,
    after: null,
  });

  async function insert<K extends ResourceKind>(
    resource: Pick<Resource<K>, 'kind' | 'id' | 'name' | 'parentId' | 'body'>,
  ): Promise<Resource<K>> {
    const at = clock.now();
    const whole: Resource<K> = { ...resource, version: 1, createdAt: at, updatedAt: at };
    await store.insertResource(whole, audit());
    await catalog.refresh();
    return whole;
  }

  return {
    store,
    clock,
    ids,
    catalog,
    sealing,
    signingKeys,
    accessTokens,
    reported,
    authenticate: createAuthenticator(shared),
    sourceTokens: createSourceTokens(shared),
    sessions: createSessions({ ...shared, store, passwords, sealer, ids }),

    async addUser(email: string, role: Role = 'viewer'): Promise<Resource<'user'>> {
      const passwordHash = await hashPassword(PASSWORD);
      const body = { email, name: email, role, passwordHash, state: 'active' } as const;
      return insert({
        kind: 'user',
        id: ids('usr'),
        name: email,
        parentId: null,
        body: { ...body, tokensValidFrom: 0 },
      });
    },

    addSource(name: string): Promise<Resource<'source'>> {
      const open = { allowedSources: [], allowedTypes: [], ratePerSecond: null } as const;
      return insert({
        kind: 'source',
        id: ids('src'),
        name,
        parentId: null,
        body: {
          name,
          description: '',
          state: 'active',
          ...open,
          schemaPolicy: 'off',
          verification: null,
        },
      });
    },

    async addKey(sourceId: string, expiresAt: number | null = null) {
      const { key, hash } = createSourceKey();
      const id = ids('key');
      const body = { name: id, hash, expiresAt };
      await insert({ kind: 'source-key', id, name: id, parentId: sourceId, body });
      return { id, key };
    },

    async change<K extends ResourceKind>(
      kind: K,
      id: string,
      changes: Partial<ResourceBodies[K]>,
    ): Promise<void> {
      const before = await store.getResource(kind, id);
      if (!before) throw new Error(`no ${kind} ${id}`);
      const body = { ...before.body, ...changes };
      await store.updateResource(
        { kind, id, expectedVersion: null, name: before.name, body, at: clock.now() },
        audit(),
      );
      await catalog.refresh();
    },

    async remove(kind: ResourceKind, id: string): Promise<void> {
      await store.deleteResource({ kind, id, expectedVersion: null }, audit());
      await catalog.refresh();
    },
  };
}
