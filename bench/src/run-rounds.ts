import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Children } from './control/children.ts';
import { measureSystem, type Figures, type Instruments } from './measure.ts';
import type { Options, SystemName } from './options.ts';
import { startCluster } from './systems/cluster.ts';
import { startFleet, startOnPostgres } from './systems/fleet.ts';
import { startGateway } from './systems/gateway.ts';
import { startLimit } from './systems/limit.ts';
import { startPgBoss } from './systems/pg-boss.ts';
import { startPostgresLimit } from './systems/postgres-limit.ts';
import { startQueue } from './systems/queue.ts';
import { startReference } from './systems/reference.ts';
import type { StartSystem } from './systems/system.ts';

/** The figures of one round, by system. */
export type Round = Partial<Record<SystemName, Figures>>;

const STARTERS: Record<SystemName, StartSystem> = {
  R: startReference,
  Q: startQueue,
  L: startLimit,
  S: startGateway,
  C: startCluster,
  M: startPostgresLimit,
  B: startPgBoss,
  P: startOnPostgres,
  F: startFleet,
};

/**
 * Visits every system in turn, as many times as there are rounds, each time starting one further on, so that a
 * slow minute of the machine does not always hit the same one. Every visit starts on an empty folder.
 */
export async function runRounds(
  options: Options,
  systems: readonly SystemName[],
  children: Children,
  instruments: Instruments,
  folder: string,
  onVisit: (round: number, system: SystemName, figures: Figures) => void,
): Promise<Round[]> {
  const targetPort = await instruments.receiver.call('port', null);
  const targetUrl = `http://127.0.0.1:${targetPort}/deliveries`;
  const rounds: Round[] = [];
  for (let index = 0; index < options.rounds; index += 1) {
    const round: Round = {};
    for (const name of rotate(systems, index)) {
      const ownFolder = mkdtempSync(join(folder, `${name}-`));
      const system = await STARTERS[name]({ children, folder: ownFolder, targetUrl });
      const figures = await measureSystem(system, instruments, options.seconds);
      await system.stop();
      rmSync(ownFolder, { recursive: true, force: true });
      round[name] = figures;
      onVisit(index + 1, name, figures);
    }
    rounds.push(round);
  }
  return rounds;
}

function rotate<Item>(items: readonly Item[], by: number): Item[] {
  const start = by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}
