import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { runConformance } from '../conformance/index.ts';
import { openSqliteStore } from './open.ts';

runConformance('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-'));
  return {
    open: (options) => openSqliteStore({ ...options, file: join(folder, 'signalbox.db') }),
    remove: () => rm(folder, { recursive: true }),
  };
});
