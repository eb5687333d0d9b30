import { afterAll } from '@jest/globals';

import { systemClock } from '../../domain/clock.ts';
import { diskLimitSql } from '../../../test/support/fill-disk.ts';
import { startPostgres } from '../../../test/support/start-postgres.ts';
import type { PostgresServer } from '../../../test/support/start-postgres.ts';
import { runConformance } from '../conformance/index.ts';
import { openPostgresStore } from './open.ts';

/**
 * A database with the schema, of which every place is a copy: much quicker than making each anew. It sorts as people do, which the engine
 * must not take over.
 */
const TEMPLATE = 'template_place';

let server: Promise<PostgresServer> | null = null;
let places = 0;

async function start(): Promise<PostgresServer> {
  const started = await startPostgres();
  const url = await started.createDatabase(TEMPLATE, { language: 'en' });
  const process = { id: 'prc_template', pid: globalThis.process.pid, host: 'here' };
  const store = await openPostgresStore({ url, process, clock: systemClock, poolSize: 2 });
  await store.close();
  await started.run('TRUNCATE processes', TEMPLATE);
  return started;
}

afterAll(async () => {
  await (await server)?.remove();
});

runConformance('PostgreSQL', async () => {
  server ??= start();
  const postgres = await server;
  places += 1;
  const name = `place_${places}`;
  const url = await postgres.createDatabase(name, { template: TEMPLATE });
  let isLimited = false;
  return {
    async open({ maxSizeBytes, ...options }) {
      if (maxSizeBytes !== undefined && !isLimited) {
        await postgres.run(diskLimitSql(maxSizeBytes), name);
        isLimited = true;
      }
      return openPostgresStore({ ...options, url, poolSize: 4 });
    },
    remove: () => postgres.dropDatabase(name),
  };
});
