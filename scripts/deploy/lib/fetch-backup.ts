import { aws, copyS3 } from './aws.ts';
import { hashFile } from './hash-file.ts';
import { Stop } from './program.ts';

/** Copies a backup to a file and compares its checksum. Answers what was counted when it was made. */
export async function fetchBackup(
  bucket: string,
  key: string,
  file: string,
): Promise<Record<string, string>> {
  const { Metadata } = await aws<{ Metadata: Record<string, string> }>(
    ...['s3api', 'head-object', '--bucket', bucket, '--key', key],
  );
  await copyS3(`s3://${bucket}/${key}`, file);
  if ((await hashFile(file)) !== Metadata['sha256']) {
    throw new Stop(
      `${key} has not the checksum that it was stored with; take an earlier one with --before.`,
    );
  }
  return Metadata;
}
