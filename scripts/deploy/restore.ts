import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { awaitVersion } from './lib/await-version.ts';
import { parsePlace } from './lib/backup-keys.ts';
import { command } from './lib/command.ts';
import { fetchBackup } from './lib/fetch-backup.ts';
import { findAccount, giveTo } from './lib/find-account.ts';
import { findBackup } from './lib/find-backup.ts';
import { runProgram, Stop, type Log } from './lib/program.ts';
import { readFacts } from './lib/release-home.ts';
import { signalbox } from './lib/signalbox.ts';

await runProgram({
  path: 'scripts/deploy/restore.ts',
  summary:
    'On the box: takes the newest backup (or the one of a moment) from its bucket, checks it, stops the gateway, puts it in place, starts the gateway and asks it. The store that was there is kept beside it. Says how long each step took.',
  options: {
    from: { value: 'PLACE', help: 's3://bucket; left out: BACKUP_TO of the environment.' },
    before: {
      value: 'TIME',
      help: 'Take the newest that was made at or before this moment, ISO 8601.',
    },
    release: {
      value: 'FOLDER',
      default: '/opt/signalbox/current',
      help: 'Whose command line is used.',
    },
    stop: { value: 'COMMAND', default: 'systemctl stop signalbox', help: 'Stops the gateway.' },
    start: { value: 'COMMAND', default: 'systemctl start signalbox', help: 'Starts it again.' },
    user: { value: 'NAME', default: 'signalbox', help: 'Account that the gateway runs as.' },
    gateway: { value: 'URL', default: 'http://127.0.0.1:8080', help: 'Where it is asked.' },
    seconds: { value: 'N', default: '60', help: 'How long its answer may take to come.' },
  },
  async run({ text, log, change, isDryRun }) {
    const { bucket, url } = parsePlace(text('from') || (process.env['BACKUP_TO'] ?? ''));
    const before = text('before') === '' ? Date.now() : Date.parse(text('before'));
    if (Number.isNaN(before)) throw new Stop(`--before ${text('before')} is not a time.`, 2);
    const release = resolve(text('release'));
    const account = await findAccount(text('user'));
    const timed = createTimer(log);
    const found = await timed('found', () => findBackup(bucket, before));
    log(`${url}/${found.key}`);
    if (isDryRun) {
      log('would check it, stop the gateway, put it in place and start again');
      return;
    }
    const folder = await mkdtemp(join(tmpdir(), 'signalbox-restore-'));
    try {
      const file = join(folder, 'backup');
      await timed('fetched', () => fetchBackup(bucket, found.key, file));
      await giveTo(account, folder, file);
      const { events } = await timed('checked', () =>
        signalbox<{ events: number }>(release, ['restore', file, '--check'], { account }),
      );
      await change('stop the gateway', () => command('sh', ['-c', text('stop')]));
      await timed('put in place', () =>
        signalbox(release, ['restore', file, '--replace'], { account }),
      );
      await change('start the gateway', () => command('sh', ['-c', text('start')]));
      const { version } = await readFacts(release);
      const door = { name: 'The gateway', url: text('gateway') };
      await timed('ready', () => awaitVersion(door, version, Number(text('seconds'))));
      log(`restored: ${events} events, as of ${new Date(found.takenAt).toISOString()}`);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
});

function createTimer(log: Log): <T>(what: string, work: () => Promise<T>) => Promise<T> {
  const startedAt = performance.now();
  return async (what, work) => {
    const outcome = await work();
    log(`${what} after ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
    return outcome;
  };
}
