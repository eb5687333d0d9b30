import { createCatalog } from '../catalog/catalog.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { Config } from '../config.ts';
import type { Clock } from '../domain/clock.ts';
import { createIdFactory, type IdFactory } from '../domain/ids.ts';
import type { Caller } from '../http/exchange.ts';
import { openStore } from '../open-store.ts';
import type { Store } from '../store/store.ts';
import type { Call } from './command.ts';
import { requireSqlite } from './require-sqlite.ts';

/** What a command that works on the store is given. */
export interface Tools {
  config: Config;
  clock: Clock;
  ids: IdFactory;
  store: Store;
  /** Running gateways notice a change by themselves within a second. */
  catalog: Catalog;
}

/** Whom the audit log names for what is done at the command line. */
export const COMMAND_LINE: Caller = {
  principal: null,
  requestId: 'command-line',
  address: null,
  headers: {},
};

/** Opens the store that the settings name, lends it to `work`, and closes it whatever happens. */
export async function withStore<T>(call: Call, work: (tools: Tools) => Promise<T>): Promise<T> {
  const config = call.readConfig();
  // A wrong folder must not become a second, empty store.
  if (config.postgresUrl === null) requireSqlite(config);
  const { clock } = call.io;
  const ids = createIdFactory(() => clock.now());
  const store = await openStore({ config, clock, ids });
  try {
    const onError = (error: unknown): void => call.progress(String(error));
    const catalog = await createCatalog({ store, clock, onError });
    try {
      return await work({ config, clock, ids, store, catalog });
    } finally {
      catalog.stop();
    }
  } finally {
    await store.close();
  }
}
