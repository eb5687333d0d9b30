import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parsePlace } from './lib/backup-keys.ts';
import { fetchBackup } from './lib/fetch-backup.ts';
import { findBackup } from './lib/find-backup.ts';
import { preflight } from './lib/preflight.ts';
import { putMetric } from './lib/put-metric.ts';
import { runProgram, Stop } from './lib/program.ts';
import { readFacts } from './lib/release-home.ts';
import { signalbox } from './lib/signalbox.ts';

await runProgram({
  path: 'scripts/deploy/verify-backup.ts',
  summary:
    'On the box: restores the newest backup in a place of its own, starts a gateway on it, and compares what is in it with what was counted when it was made. The store in use is not touched.',
  options: {
    from: { value: 'PLACE', help: 's3://bucket; left out: BACKUP_TO of the environment.' },
    release: {
      value: 'FOLDER',
      default: '/opt/signalbox/current',
      help: 'What restores and starts it.',
    },
    'oldest-minutes': { value: 'N', default: '15', help: 'How old the newest backup may be.' },
    metric: {
      value: 'NAMESPACE',
      help: 'Also put BackupVerified (1 or 0) and BackupAgeSeconds into CloudWatch.',
    },
    environment: { value: 'NAME', help: 'The dimension Environment of the metrics.' },
  },
  async run({ text, log, isDryRun }) {
    const { bucket, url } = parsePlace(text('from') || (process.env['BACKUP_TO'] ?? ''));
    if (isDryRun) {
      log(`would restore the newest of ${url} beside the store, and compare`);
      return;
    }
    const publish = (name: string, value: number) =>
      text('metric') === ''
        ? Promise.resolve()
        : putMetric(text('metric'), text('environment'), name, value);
    try {
      const ageSeconds = await verify(
        bucket,
        resolve(text('release')),
        Number(text('oldest-minutes')),
        log,
      );
      await publish('BackupAgeSeconds', ageSeconds);
      await publish('BackupVerified', 1);
    } catch (error) {
      await publish('BackupVerified', 0);
      throw error;
    }
  },
});

async function verify(
  bucket: string,
  release: string,
  oldestMinutes: number,
  log: (line: string) => void,
): Promise<number> {
  const now = Date.now();
  const { key, takenAt } = await findBackup(bucket, now);
  const ageSeconds = Math.round((now - takenAt) / 1000);
  if (ageSeconds > oldestMinutes * 60) {
    throw new Stop(
      `The newest backup, ${key}, is ${Math.round(ageSeconds / 60)} minutes old: no newer one was made. See "journalctl -u signalbox-backup".`,
    );
  }
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-verify-'));
  try {
    const file = join(folder, 'backup');
    const counted = await fetchBackup(bucket, key, file);
    const data = join(folder, 'data');
    const restored = await signalbox<Record<string, number>>(release, ['restore', file], {
      env: { DATA_DIR: data, DATABASE_URL: '' },
    });
    for (const name of ['events', 'deliveries', 'records']) {
      if (String(restored[name]) !== counted[name]) {
        throw new Stop(
          `${key} holds ${restored[name]} ${name}; when it was made they were ${counted[name]}.`,
        );
      }
    }
    const { version } = await readFacts(release);
    await preflight(
      release,
      version,
      {},
      { dataFolder: data, sealingKeys: process.env['SEALING_KEYS'] },
    );
    log(
      `${key}: ${restored['events']} events are there, ${ageSeconds} s old, and a gateway starts on it`,
    );
    return ageSeconds;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
