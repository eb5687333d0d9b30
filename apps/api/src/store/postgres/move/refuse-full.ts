import type pg from 'pg';
import { GatewayError } from '../../../domain/errors.ts';
import { MOVED_TABLE_NAMES } from '../../move/moved-tables.ts';

/** Throws `conflict` when the database holds a store that anybody has used. */
export async function refuseFull(client: pg.Client): Promise<void> {
  for (const table of MOVED_TABLE_NAMES) {
    if (table === 'counters') continue;
    const { rows } = await client.query(`SELECT 1 FROM ${table} LIMIT 1`);
    if (rows.length === 0) continue;
    throw new GatewayError(
      'conflict',
      `The database holds a Signalbox store already (there are rows in "${table}"); use an empty database. A move that was finished needs no second run: set DATABASE_URL and start the gateway.`,
    );
  }
}
