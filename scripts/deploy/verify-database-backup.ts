import { aws } from './lib/aws.ts';
import { runProgram, Stop } from './lib/program.ts';

await runProgram({
  path: 'scripts/deploy/verify-database-backup.ts',
  summary:
    'For a fleet: checks that its database can be restored to a moment of the last minutes, and keeps copies for long enough. It restores nothing: that takes a second database and half an hour; docs/disaster-recovery.md has the steps.',
  options: {
    database: {
      value: 'ID',
      isRequired: true,
      help: 'Of the database, such as signalbox-staging.',
    },
    'oldest-minutes': {
      value: 'N',
      default: '10',
      help: 'How far back the newest moment may lie.',
    },
    'keep-days': { value: 'N', default: '7', help: 'How long copies must be kept, at least.' },
  },
  async run({ text, log, isDryRun }) {
    const id = text('database');
    if (isDryRun) {
      log(`would ask how far ${id} can be restored`);
      return;
    }
    const { DBInstances } = await aws<{
      DBInstances: { LatestRestorableTime?: string; BackupRetentionPeriod: number }[];
    }>('rds', 'describe-db-instances', '--db-instance-identifier', id);
    const [database] = DBInstances;
    const keptDays = database?.BackupRetentionPeriod ?? 0;
    if (keptDays < Number(text('keep-days'))) {
      throw new Stop(`${id} keeps its copies for ${keptDays} days; raise database.backup_days.`);
    }
    const latest = Date.parse(database?.LatestRestorableTime ?? '');
    const minutes = (Date.now() - latest) / 60_000;
    if (!(minutes <= Number(text('oldest-minutes')))) {
      throw new Stop(
        `${id} can be restored to ${database?.LatestRestorableTime ?? 'no moment'} only; look at the events of the database.`,
      );
    }
    log(
      `${id} can be restored up to ${Math.round(minutes * 60)} s ago, and keeps ${keptDays} days`,
    );
  },
});
