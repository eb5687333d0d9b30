import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { command } from './lib/command.ts';
import { copyS3 } from './lib/aws.ts';
import { invalidate } from './lib/invalidate.ts';
import { runProgram, Stop } from './lib/program.ts';

const FOR_GOOD = 'public, max-age=31536000, immutable';
const FOR_MINUTES = 'public, max-age=300';
const ASK_EACH_TIME = 'no-cache';
/** Packed copies are for nginx: the content delivery network packs by itself. */
const NOT_SERVED = ['*.gz', '*.br', '.*'].flatMap((name) => ['--exclude', name]);

await runProgram({
  path: 'scripts/deploy/publish-dashboard.ts',
  summary:
    'Puts the dashboard of an artifact into its bucket: files whose names hold a hash first, the page that names them last, so that no page ever names a file that is not there. Files of earlier versions stay, for tabs that are open.',
  options: {
    artifact: { value: 'FILE', isRequired: true, help: 'The archive that holds the dashboard.' },
    bucket: { value: 'NAME', isRequired: true, help: 'frontend_bucket of the deployment.' },
    distribution: { value: 'ID', help: 'Whose copies of the page are to go.' },
  },
  async run({ text, change }) {
    const artifact = resolve(text('artifact'));
    const bucket = `s3://${text('bucket')}`;
    if (!existsSync(artifact)) throw new Stop(`There is no artifact at ${artifact}.`, 2);
    const folder = await mkdtemp(join(tmpdir(), 'signalbox-dashboard-'));
    const upload = (from: string, to: string, caching: string, ...more: string[]) =>
      copyS3(join(folder, from), `${bucket}/${to}`, '--cache-control', caching, ...more);
    try {
      await command('tar', [
        ...['--extract', `--file=${artifact}`, `--directory=${folder}`, '--strip-components=4'],
        './apps/dashboard/dist',
      ]);
      await change(`upload the hashed files to ${bucket}/assets`, () =>
        upload('assets', 'assets', FOR_GOOD, '--recursive', ...NOT_SERVED),
      );
      await change('upload the other files', () =>
        upload(
          '',
          '',
          FOR_MINUTES,
          '--recursive',
          ...NOT_SERVED,
          '--exclude',
          'assets/*',
          '--exclude',
          'index.html',
        ),
      );
      await change('upload the page', () => upload('index.html', 'index.html', ASK_EACH_TIME));
      const distribution = text('distribution');
      if (distribution !== '') {
        await change(`invalidate the page at ${distribution}`, () =>
          invalidate(distribution, ['/', '/index.html']),
        );
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
});
