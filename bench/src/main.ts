import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createChildren, type Children } from './control/children.ts';
import { createRemote } from './control/commands.ts';
import type { Figures } from './measure.ts';
import { readOptions, USAGE, type Options, type SystemName } from './options.ts';
import type { GeneratorCommands } from './processes/generator-commands.ts';
import type { ReceiverCommands } from './processes/receiver-commands.ts';
import { countFaults, renderGoals, renderTables } from './report/table.ts';
import { runRounds } from './run-rounds.ts';
import { hasNginx } from './systems/nginx.ts';
import { hasPostgres } from './systems/postgres.ts';
import { findRedis } from './systems/redis.ts';

const DATA_FOLDER = fileURLToPath(new URL('../data', import.meta.url));
const RECEIVER = new URL('./processes/receiver.ts', import.meta.url);
const GENERATOR = new URL('./processes/generator.ts', import.meta.url);

function chooseSystems(options: Options): SystemName[] {
  const skipped: Partial<Record<SystemName, string>> = {};
  const leaveOut = (names: readonly SystemName[], part: string): void => {
    for (const name of names) skipped[name] = `${part} is not there: sudo apt-get install ${part}`;
  };
  if (!hasNginx()) leaveOut(['C', 'F'], 'nginx');
  if (!hasPostgres()) leaveOut(['M', 'B', 'P', 'F'], 'postgresql');
  if (findRedis() === null) leaveOut(['Q', 'F'], 'redis-server');
  return options.only.filter((name) => {
    const reason = skipped[name];
    if (reason !== undefined) console.log(`${name} is left out and shown as "–": ${reason}`);
    return reason === undefined;
  });
}

function printVisit(round: number, name: SystemName, figures: Figures): void {
  const { endToEndPerSecond, cpuMicrosecondsPerEvent, p99At200Milliseconds } = figures;
  console.log(
    `round ${round}  ${name}  ${endToEndPerSecond.toFixed(0)} events/s end to end, ` +
      `${cpuMicrosecondsPerEvent.toFixed(0)} µs CPU, p99 ${p99At200Milliseconds.toFixed(1)} ms at 200/s, ` +
      `${figures.lost} lost, ${figures.doubled} doubled`,
  );
  if (figures.firstRefusal !== null) {
    console.log(`  ${figures.refused} refused, the first with: ${figures.firstRefusal}`);
  }
}

async function run(options: Options, children: Children, folder: string): Promise<number> {
  const systems = chooseSystems(options);
  if (systems.length === 0) throw new Error('there is no system to measure');
  const instruments = {
    receiver: createRemote<ReceiverCommands>(children.forkScript(RECEIVER)),
    generator: createRemote<GeneratorCommands>(children.forkScript(GENERATOR)),
  };
  const startedAt = performance.now();
  const rounds = await runRounds(options, systems, children, instruments, folder, printVisit);
  const minutes = (performance.now() - startedAt) / 60_000;

  console.log(`\nNode ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'processor'}`);
  console.log(`${options.rounds} rounds of ${options.seconds} s phases, ${minutes.toFixed(1)} min`);
  console.log(
    [
      'R: Express + SQLite  Q: Express + BullMQ + Redis  L: bare limit  S: Signalbox',
      'C: Signalbox, two PM2 workers behind nginx  P: Signalbox on PostgreSQL  F: two instances on PostgreSQL and Redis behind nginx',
      'M: bare limit on PostgreSQL  B: Express + pg-boss\n',
    ].join('\n'),
  );
  console.log(`${renderTables(rounds)}\n\n${renderGoals(rounds)}`);
  const faults = countFaults(rounds);
  console.log(`lost, doubled, unexpected = ${faults}: ${faults === 0 ? 'held' : 'MISSED'}`);
  if (options.jsonFile !== null) {
    writeFileSync(options.jsonFile, `${JSON.stringify({ options, rounds }, null, 2)}\n`);
  }
  return faults === 0 ? 0 : 1;
}

async function main(): Promise<void> {
  let options: Options;
  try {
    options = readOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    process.exit(2);
  }
  if (process.platform !== 'linux') {
    console.error('The suite reads CPU time and memory from /proc and so needs Linux.');
    process.exit(2);
  }
  mkdirSync(DATA_FOLDER, { recursive: true });
  const folder = mkdtempSync(join(DATA_FOLDER, 'run-'));
  const children = createChildren();
  process.on('exit', () => {
    children.killAll();
    rmSync(folder, { recursive: true, force: true });
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => process.exit(130));
  }
  process.exit(await run(options, children, folder));
}

await main();
