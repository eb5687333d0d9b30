import { mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { systemClock } from '../domain/clock.ts';
import { createIdFactory } from '../domain/ids.ts';
import type { SourceBody } from '../domain/resources.ts';
import { openSqliteStore } from '../store/sqlite/open.ts';
import type { Store } from '../store/store.ts';
import { createCatalog } from './catalog.ts';

const ids = createIdFactory(() => systemClock.now());
let folder: string;
let store: Store;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signalbox-catalog-'));
  store = await openSqliteStore({
    file: join(folder, 'signalbox.db'),
    clock: systemClock,
    process: { id: ids('prc'), pid: process.pid, host: hostname() },
  });
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

async function addSource(name: string): Promise<string> {
  const at = systemClock.now();
  const body: SourceBody = {
    name,
    description: '',
    state: 'active',
    allowedTypes: [],
    allowedSources: [],
    schemaPolicy: 'off',
    ratePerSecond: null,
    verification: null,
  };
  const id = ids('src');
  await store.insertResource(
    { kind: 'source', id, name, parentId: null, version: 1, body, createdAt: at, updatedAt: at },
    {
      id: ids('aud'),
      at,
      actor: 'system',
      action: 'source.created',
      subjectId: id,
      address: null,
      before: null,
      after: body,
    },
  );
  return id;
}

test('what another process writes while the configuration is first loaded is known after the next refresh', async () => {
  const late: string[] = [];
  const catalog = await createCatalog({
    store: {
      resourceRevision: () => store.resourceRevision(),
      loadResources: async (kind) => {
        const loaded = await store.loadResources(kind);
        if (kind === 'source' && late.length === 0) late.push(await addSource('late'));
        return loaded;
      },
    },
    clock: systemClock,
    onError: (error) => {
      throw error;
    },
  });
  try {
    const [id = ''] = late;
    expect(catalog.source(id)).toBeUndefined();
    await catalog.refresh();
    expect(catalog.source(id)?.name).toBe('late');
  } finally {
    catalog.stop();
  }
});
