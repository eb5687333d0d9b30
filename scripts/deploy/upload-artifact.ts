import { aws, awsOrNull, copyS3 } from './lib/aws.ts';
import { hashFile } from './lib/hash-file.ts';
import { readManifest } from './lib/manifest.ts';
import { runProgram, Stop } from './lib/program.ts';
import { artifactKey, manifestKey, sbomKey } from './lib/release-keys.ts';

await runProgram({
  path: 'scripts/deploy/upload-artifact.ts',
  summary:
    'Puts an artifact, its SBOM and, last, its manifest into the bucket of builds. A version that is there already is never replaced by other bytes.',
  options: {
    manifest: { value: 'FILE', isRequired: true, help: 'What build-artifact.ts has written.' },
    bucket: { value: 'NAME', isRequired: true, help: 'artifacts_bucket of the deployment.' },
  },
  async run({ text, log, change }) {
    const { manifest, artifact, sbom } = await readManifest(text('manifest'));
    const bucket = text('bucket');
    if ((await hashFile(artifact)) !== manifest.sha256) {
      throw new Stop(`${artifact} is not what ${text('manifest')} describes; build it again.`);
    }
    const { version } = manifest;
    const there = await awsOrNull<{ Metadata: { sha256?: string } }>(
      ...['s3api', 'head-object', '--bucket', bucket, '--key', manifestKey(version)],
    );
    if (there !== null) {
      if (there.Metadata.sha256 === manifest.sha256) {
        log(`${version} is there already`);
        return;
      }
      throw new Stop(`${version} is in ${bucket} with other bytes; a version is built once.`);
    }
    const place = (key: string) => `s3://${bucket}/${key}`;
    await change(`upload ${place(artifactKey(version))}`, async () => {
      await copyS3(artifact, place(artifactKey(version)));
      const head = await aws<{ ContentLength: number }>(
        ...['s3api', 'head-object', '--bucket', bucket, '--key', artifactKey(version)],
      );
      if (head.ContentLength !== manifest.sizeBytes) {
        throw new Stop(`${head.ContentLength} of ${manifest.sizeBytes} bytes have arrived.`);
      }
      await copyS3(
        sbom,
        place(sbomKey(version)),
        '--content-type',
        'application/vnd.cyclonedx+json',
      );
      await copyS3(
        text('manifest'),
        place(manifestKey(version)),
        ...['--content-type', 'application/json', '--metadata', `sha256=${manifest.sha256}`],
      );
    });
  },
});
