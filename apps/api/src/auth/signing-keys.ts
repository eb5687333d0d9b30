import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { JsonWebKey, KeyObject } from 'node:crypto';
import type { Clock } from '../domain/clock.ts';
import { GatewayError } from '../domain/errors.ts';
import type { IdFactory } from '../domain/ids.ts';
import type { Resource } from '../domain/resources.ts';
import type { AuditEntry, Store } from '../store/store.ts';
import type { AuthCatalog } from './catalog-shape.ts';
import { makeSigningKey } from './make-signing-key.ts';
import type { Sealer } from './sealing.ts';
import { KEY_LEARNING_MS, KEY_OVERLAP_MS } from './token-lives.ts';

type SigningKey = Resource<'signing-key'>;

export interface SigningKeys {
  /** Makes the first key where there is none, and checks that the current one can be opened. Call it before the first request. */
  ensure(): Promise<void>;
  /** The key that signs now. Throws `not_ready` before `ensure`. */
  current(): { kid: string; privateKey: KeyObject };
  /** The key that verifies tokens with this `kid`; undefined for unknown, removed and long retired ones. */
  publicKey(kid: string): KeyObject | undefined;
  /** For `/.well-known/jwks.json`. */
  jwks(): { keys: JsonWebKey[] };
  /**
   * Makes a new key, which signs once every process knows it; the old one verifies until the last token it signed
   * has expired, so nobody is signed out. Of two rotations at once one happens. Answers the newest `kid`.
   */
  rotate(actor: string): Promise<string>;
}

/** The keys that access tokens are signed with (ES256), kept sealed in the store and shared by all processes. */
export function createSigningKeys(deps: {
  store: Pick<Store, 'loadResources' | 'insertResource' | 'updateResource' | 'deleteResource'>;
  catalog: Pick<AuthCatalog, 'signingKeys' | 'refresh'>;
  sealer: Sealer;
  clock: Clock;
  ids: IdFactory;
}): SigningKeys {
  const { store, catalog, sealer, clock, ids } = deps;
  const opened = new Map<string, KeyObject>();
  const published = new Map<string, KeyObject>();

  function verifying(): SigningKey[] {
    const now = clock.now();
    return catalog
      .signingKeys()
      .filter(({ body }) => body.retiredAt === null || now < body.retiredAt + KEY_OVERLAP_MS);
  }

  function signer(): SigningKey | undefined {
    const learnedBefore = clock.now() - KEY_LEARNING_MS;
    const newestFirst = [...catalog.signingKeys()].sort(
      (a, b) => generationOf(b) - generationOf(a),
    );
    // The very first key has no elder that could sign for it.
    return newestFirst.find((key) => key.createdAt <= learnedBefore) ?? newestFirst.at(-1);
  }

  function open(key: SigningKey): KeyObject {
    let privateKey = opened.get(key.id);
    if (!privateKey) {
      opened.clear();
      privateKey = createPrivateKey(sealer.open(key.body.privateKey));
      opened.set(key.id, privateKey);
    }
    return privateKey;
  }

  function current(): { kid: string; privateKey: KeyObject } {
    const key = signer();
    if (!key) throw new GatewayError('not_ready', 'The gateway is starting; try again shortly.');
    return { kid: key.body.kid, privateKey: open(key) };
  }

  function audit(action: string, key: { id: string; kid: string }, actor: string): AuditEntry {
    const after = action === 'signing-key.deleted' ? null : { kid: key.kid };
    const common = { at: clock.now(), actor, action, subjectId: key.id, address: null };
    return { id: ids('aud'), ...common, before: null, after };
  }

  /** False when another process made this generation first: its unique name decides the race. */
  async function add(generation: number, actor: string): Promise<boolean> {
    const body = await makeSigningKey(sealer);
    const at = clock.now();
    const common = { kind: 'signing-key', id: ids('key'), parentId: null, version: 1 } as const;
    const name = `${NAME_PREFIX}${generation}`;
    const key: SigningKey = { ...common, name, body, createdAt: at, updatedAt: at };
    try {
      const entry = audit('signing-key.created', { id: key.id, kid: body.kid }, actor);
      await store.insertResource(key, entry);
      return true;
    } catch (error) {
      if (error instanceof GatewayError && error.code === 'name_taken') return false;
      throw error;
    }
  }

  async function retire(key: SigningKey, actor: string): Promise<void> {
    // It goes on signing while the new key is being learned.
    const body = { ...key.body, retiredAt: clock.now() + KEY_LEARNING_MS };
    const { kind, id, version: expectedVersion, name } = key;
    await store.updateResource(
      { kind, id, expectedVersion, name, body, at: clock.now() },
      audit('signing-key.retired', { id, kid: body.kid }, actor),
    );
  }

  async function remove(key: SigningKey, actor: string): Promise<void> {
    const entry = audit('signing-key.deleted', { id: key.id, kid: key.body.kid }, actor);
    await store.deleteResource({ kind: key.kind, id: key.id, expectedVersion: null }, entry);
  }

  return {
    async ensure() {
      const keys = await store.loadResources('signing-key');
      if (keys.length === 0) await add(1, 'system');
      await catalog.refresh();
      current();
    },

    current,

    publicKey(kid) {
      const key = verifying().find(({ body }) => body.kid === kid);
      if (!key) {
        published.delete(kid);
        return undefined;
      }
      let publicKey = published.get(kid);
      if (!publicKey) {
        publicKey = createPublicKey({ key: key.body.publicJwk, format: 'jwk' });
        published.set(kid, publicKey);
      }
      return publicKey;
    },

    jwks: () => ({ keys: verifying().map(({ body }) => body.publicJwk as JsonWebKey) }),

    async rotate(actor) {
      const before = await store.loadResources('signing-key');
      const newest = Math.max(0, ...before.map(generationOf));
      if (await add(newest + 1, actor)) {
        for (const key of before) {
          const { retiredAt } = key.body;
          if (retiredAt === null) await retire(key, actor);
          else if (clock.now() >= retiredAt + KEY_OVERLAP_MS) await remove(key, actor);
        }
      }
      await catalog.refresh();
      return newestKid(catalog.signingKeys());
    },
  };
}

const NAME_PREFIX = 'generation-';

function generationOf(key: SigningKey): number {
  return Number(key.name?.slice(NAME_PREFIX.length) ?? 0);
}

function newestKid(keys: readonly SigningKey[]): string {
  const newest = [...keys].sort((a, b) => generationOf(b) - generationOf(a))[0];
  return newest?.body.kid ?? '';
}
