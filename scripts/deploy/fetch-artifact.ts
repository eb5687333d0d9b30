import { mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { copyS3 } from './lib/aws.ts';
import { hashFile } from './lib/hash-file.ts';
import { requireVersion, type Manifest } from './lib/manifest.ts';
import { runProgram, Stop } from './lib/program.ts';
import { artifactKey, manifestKey } from './lib/release-keys.ts';

await runProgram({
  path: 'scripts/deploy/fetch-artifact.ts',
  summary:
    'Takes an artifact and its manifest from the bucket of builds, and compares the checksum.',
  options: {
    bucket: { value: 'NAME', isRequired: true, help: 'artifacts_bucket of the deployment.' },
    version: { value: 'VERSION', isRequired: true, help: 'Which one.' },
    to: { value: 'FOLDER', default: 'artifact', help: 'Where the two files go.' },
  },
  async run({ text, log, change }) {
    const [folder, version] = [text('to'), requireVersion(text('version'))];
    const place = (key: string) => `s3://${text('bucket')}/${key}`;
    await change(`fetch ${place(artifactKey(version))} into ${folder}`, async () => {
      await mkdir(folder, { recursive: true });
      const draft = join(folder, '.manifest');
      await copyS3(place(manifestKey(version)), draft);
      const manifest = JSON.parse(await readFile(draft, 'utf8')) as Manifest;
      const artifact = join(folder, manifest.file);
      await copyS3(place(artifactKey(version)), artifact);
      if ((await hashFile(artifact)) !== manifest.sha256) {
        throw new Stop(`${artifact} has not the checksum of its manifest.`);
      }
      await rename(draft, join(folder, manifest.file.replace(/\.tar\.gz$/, '.json')));
      log(`${version} ${manifest.sha256}`);
    });
  },
});
