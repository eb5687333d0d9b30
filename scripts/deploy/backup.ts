import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { aws } from './lib/aws.ts';
import { dailyPrefix, newKey, parsePlace } from './lib/backup-keys.ts';
import { runProgram, Stop } from './lib/program.ts';
import { putMetric } from './lib/put-metric.ts';
import { signalbox } from './lib/signalbox.ts';

await runProgram({
  path: 'scripts/deploy/backup.ts',
  summary:
    'On the box: copies the store while the gateway runs, checks the copy, seals it, and puts it into the bucket of backups. The first of a day lies under daily/, the others under recent/.',
  options: {
    to: { value: 'PLACE', help: 's3://bucket; left out: BACKUP_TO of the environment.' },
    release: {
      value: 'FOLDER',
      default: '/opt/signalbox/current',
      help: 'Whose command line is used.',
    },
    metric: {
      value: 'NAMESPACE',
      help: 'Also put BackupAgeSeconds, 0, into CloudWatch: an alarm waits for it.',
    },
    environment: { value: 'NAME', help: 'The dimension Environment of the metric.' },
  },
  async run({ text, log, isDryRun }) {
    const to = parsePlace(text('to') || (process.env['BACKUP_TO'] ?? ''));
    if (isDryRun) {
      log(`would back up into ${to.url}`);
      return;
    }
    const startedAt = performance.now();
    const folder = await mkdtemp(join(tmpdir(), 'signalbox-backup-'));
    try {
      await chmod(folder, 0o700);
      const file = join(folder, 'backup');
      const made = await signalbox<Made>(resolve(text('release')), ['backup', file, '--seal']);
      const ofToday = await aws<{ Contents?: unknown[] } | null>(
        ...['s3api', 'list-objects-v2', '--bucket', to.bucket, '--max-keys', '1'],
        ...['--prefix', dailyPrefix(made.takenAt)],
      );
      const key = newKey(ofToday?.Contents?.length ? 'recent' : 'daily', made.takenAt);
      const metadata = `sha256=${made.sha256},events=${made.events},deliveries=${made.deliveries},records=${made.records}`;
      // A bucket that locks what it is given wants a checksum with it.
      await aws(
        ...['s3api', 'put-object', '--bucket', to.bucket, '--key', key, '--body', file],
        ...['--checksum-algorithm', 'SHA256', '--metadata', metadata],
      );
      const head = await aws<{ ContentLength: number }>(
        ...['s3api', 'head-object', '--bucket', to.bucket, '--key', key],
      );
      if (head.ContentLength !== made.sizeBytes) {
        throw new Stop(`${head.ContentLength} of ${made.sizeBytes} bytes have arrived at ${key}.`);
      }
      if (text('metric') !== '') {
        await putMetric(text('metric'), text('environment'), 'BackupAgeSeconds', 0);
      }
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      log(`s3://${to.bucket}/${key}: ${made.events} events, ${made.sizeBytes} bytes, ${seconds} s`);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
});

interface Made {
  takenAt: string;
  sizeBytes: number;
  sha256: string;
  events: number;
  deliveries: number;
  records: number;
}
