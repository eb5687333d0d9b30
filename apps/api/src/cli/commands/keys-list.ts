import { showSourceKey } from '../../http/resources/show-source.ts';
import type { Resource } from '../../domain/resources.ts';
import type { Clock } from '../../domain/clock.ts';
import { toWireTime } from '../../contract/from-domain.ts';
import { surveySealed } from '../../auth/survey-sealed.ts';
import { createSealer } from '../../auth/sealing.ts';
import type { Command } from '../command.ts';
import { readSealingKeys } from '../read-sealing-keys.ts';
import { renderTable } from '../render-table.ts';
import { withStore } from '../with-store.ts';

export const keysList: Command = {
  name: 'keys list',
  summary: 'Show the keys of sources, the keys that sign tokens, and the keys that seal secrets.',
  details: 'No key itself is ever shown: the store keeps hashes and sealed boxes only.',
  async run(call) {
    const { clock } = call.io;
    const outcome = await withStore(call, async ({ store, config }) => {
      const sealingKeys = readSealingKeys(config);
      const { byKey } = await surveySealed({ store, sealer: createSealer(sealingKeys) });
      const sources = new Map((await store.loadResources('source')).map((one) => [one.id, one]));
      return {
        sourceKeys: (await store.loadResources('source-key')).map((key) => ({
          ...showSourceKey(key),
          sourceId: key.parentId,
          source: sources.get(key.parentId ?? '')?.body.name ?? null,
        })),
        signingKeys: (await store.loadResources('signing-key')).map((key) => showKey(key, clock)),
        sealingKeys: sealingKeyUse(Object.keys(sealingKeys.keys), sealingKeys.currentKeyId, byKey),
      };
    });
    call.answer(outcome, render(outcome));
    return undefined;
  },
};

type SigningState = 'in use' | 'retiring';

function showKey({ body, createdAt }: Resource<'signing-key'>, clock: Clock) {
  const { kid, retiredAt } = body;
  const state: SigningState = retiredAt === null || retiredAt > clock.now() ? 'in use' : 'retiring';
  return { kid, createdAt: toWireTime(createdAt), state };
}

interface SealingKeyUse {
  id: string;
  state: 'current' | 'opens only' | 'not loaded';
  secrets: number;
}

function sealingKeyUse(
  loaded: readonly string[],
  current: string,
  byKey: Readonly<Record<string, number>>,
): SealingKeyUse[] {
  const all = [...new Set([...loaded, ...Object.keys(byKey)])];
  return all.map((id) => ({
    id,
    state: id === current ? 'current' : loaded.includes(id) ? 'opens only' : 'not loaded',
    secrets: byKey[id] ?? 0,
  }));
}

function render(outcome: {
  sourceKeys: { id: string; name: string; source: string | null; expiresAt: string | null }[];
  signingKeys: { kid: string; createdAt: string; state: SigningState }[];
  sealingKeys: SealingKeyUse[];
}): string {
  const sourceKeys = outcome.sourceKeys.map(({ id, name, source, expiresAt }) => [
    source ?? '(deleted)',
    name,
    expiresAt ?? 'never',
    id,
  ]);
  return [
    'Keys of sources',
    renderTable(['source', 'key', 'expires', 'id'], sourceKeys, 'none'),
    '',
    'Keys that sign tokens',
    renderTable(
      ['kid', 'made', 'state'],
      outcome.signingKeys.map(({ kid, createdAt, state }) => [kid, createdAt, state]),
      'none',
    ),
    '',
    'Keys that seal secrets',
    renderTable(
      ['id', 'state', 'secrets under it'],
      outcome.sealingKeys.map(({ id, state, secrets }) => [id, state, String(secrets)]),
      'none',
    ),
  ].join('\n');
}
