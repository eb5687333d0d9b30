import { GatewayError } from '../../domain/errors.ts';
import {
  compareTables,
  copyTables,
  type MovedTableReport,
  type MoveProgress,
  type MoveSource,
} from '../../store/move/move-store.ts';
import { MOVED_TABLE_NAMES } from '../../store/move/moved-tables.ts';
import {
  openMoveTarget,
  type MoveDestination,
} from '../../store/postgres/move/open-move-target.ts';
import { setAsideSqliteFile } from '../../store/sqlite/place-file.ts';
import { CommandError, EXIT, type Call, type Command } from '../command.ts';
import { prepareSource } from '../migrate/prepare-source.ts';
import { renderMove } from '../migrate/render-move.ts';
import { sourceFile } from '../migrate/source-file.ts';

export const migrateCommand: Command = {
  name: 'migrate',
  summary: 'Move the SQLite store to PostgreSQL, with everything in it.',
  details: `Stop the gateway first and make a backup. The database must exist and be empty; it is brought to the schema of this version.
Everything is copied, then every table is read again from both sides, counted, hashed and compared. When all are the same, the database
is opened to gateways and the SQLite file is renamed, so that nothing is delivered from both.
May be interrupted at any moment: the same command goes on where it ended, and no gateway starts on the database before it is done.
Afterwards set DATABASE_URL to the same URL, SEALING_KEYS to the same keys, and start the gateway: it goes on where it was.`,
  options: {
    to: { type: 'string', value: 'URL', help: 'postgres://user:password@host:port/database' },
    from: {
      type: 'string',
      value: 'FILE',
      help: 'The SQLite file; default: the one that the settings name.',
    },
    keep: { type: 'boolean', help: 'Leave the SQLite file under its name.' },
  },
  async run(call) {
    const url = readUrl(call);
    const { file, hostName } = sourceFile(call);
    const destination = await open(() => openMoveTarget(url, call.io.clock.now()));
    try {
      const source = await prepareSource(call, file, hostName, destination.interrupted);
      let reports: MovedTableReport[];
      try {
        reports = await move(call, source, destination);
      } finally {
        source.close();
      }
      return await conclude(call, file, reports);
    } finally {
      await destination.close();
    }
  },
};

async function move(
  call: Call,
  source: MoveSource,
  destination: MoveDestination,
): Promise<MovedTableReport[]> {
  const target = await open(() => destination.enter(source.fingerprint, source.days()));
  const resumed = new Map(
    MOVED_TABLE_NAMES.map((table) => [table, target.progress(table).rows] as const),
  );
  const before = [...resumed.values()].reduce((sum, rows) => sum + rows, 0);
  if (before > 0) call.progress(`Going on with an interrupted move: ${before} rows are there.`);
  const onProgress = createMoveProgress(call);
  await copyTables(source, target, onProgress);
  const reports = await compareTables(source, target, resumed, onProgress);
  if (reports.every(({ isSame }) => isSame)) await target.finish();
  return reports;
}

async function conclude(
  call: Call,
  file: string,
  reports: readonly MovedTableReport[],
): Promise<number> {
  const isSame = reports.every((report) => report.isSame);
  const setAside =
    isSame && !call.flag('keep') ? await setAsideSqliteFile(file, call.io.clock.now()) : null;
  const outcome = { moved: isSame, file, setAside, tables: reports };
  const table = renderMove(reports);
  if (!isSame) {
    call.answer(
      outcome,
      `${table}\n\nThe two sides differ, so no gateway starts on the database. The SQLite store is as it was; empty the database and try again.`,
    );
    return EXIT.failed;
  }
  const kept =
    setAside === null ? `${file} is as it was.` : `The SQLite store is kept as ${setAside}.`;
  call.answer(
    outcome,
    `${table}\n\nEverything is there. ${kept}\nSet DATABASE_URL to the same URL and start the gateway.`,
  );
  return EXIT.done;
}

const EVERY_MS = 2000;

function createMoveProgress(call: Call): MoveProgress {
  const { clock } = call.io;
  let toldAt = clock.now();
  return (step, table, share) => {
    if (clock.now() - toldAt < EVERY_MS) return;
    toldAt = clock.now();
    call.progress(`${step} ${table}: ${Math.floor(share * 100)} %`);
  };
}

function readUrl(call: Call): string {
  const url = call.option('to');
  if (url !== undefined && /^postgres(ql)?:\/\/./.test(url)) return url;
  throw new CommandError(
    'usage',
    url === undefined
      ? '--to is missing: signalbox migrate --to postgres://user:password@host:port/database'
      : '--to must be a URL such as postgres://user:password@host:port/database.',
  );
}

/** What a database refuses is refused by the command too. */
async function open<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof GatewayError && error.code === 'conflict') {
      throw new CommandError('refused', error.message);
    }
    throw error;
  }
}
