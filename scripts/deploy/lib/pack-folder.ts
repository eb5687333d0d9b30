import { command } from './command.ts';
import { Stop } from './program.ts';

/** Packs a folder so that equal content gives equal bytes: sorted, of nobody, with one time and plain rights. Needs GNU tar. */
export async function packFolder(folder: string, file: string, time: string): Promise<void> {
  if (!(await command('tar', ['--version'])).includes('GNU tar')) {
    throw new Stop('An archive of the same bytes each time needs GNU tar.', 2);
  }
  await command('tar', [
    '--create',
    '--sort=name',
    `--mtime=${time}`,
    '--owner=0',
    '--group=0',
    '--numeric-owner',
    '--mode=u+rwX,go+rX,go-w',
    '--format=gnu',
    '--use-compress-program=gzip --no-name -6',
    `--file=${file}`,
    `--directory=${folder}`,
    '.',
  ]);
}
