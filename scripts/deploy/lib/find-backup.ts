import { aws } from './aws.ts';
import { takenAtOf } from './backup-keys.ts';
import { Stop } from './program.ts';

export interface FoundBackup {
  key: string;
  /** Milliseconds since 1970. */
  takenAt: number;
}

const DAY_MS = 86_400_000;

/** The newest backup that was taken at or before a moment, in milliseconds since 1970. */
export async function findBackup(bucket: string, before: number): Promise<FoundBackup> {
  // Of the many of one day only those of the last two are asked for; of the others there is one a day.
  const days = [before, before - DAY_MS].map((time) => new Date(time).toISOString().slice(0, 10));
  const prefixes = ['daily/', ...days.map((day) => `recent/${day}/`)];
  const [newest] = (await Promise.all(prefixes.map((prefix) => list(bucket, prefix))))
    .flat()
    .filter(({ takenAt }) => takenAt <= before)
    .sort((a, b) => b.takenAt - a.takenAt);
  if (newest !== undefined) return newest;
  throw new Stop(`${bucket} holds no backup from before ${new Date(before).toISOString()}.`);
}

async function list(bucket: string, prefix: string): Promise<FoundBackup[]> {
  const found = await aws<{ Contents?: { Key: string }[] } | null>(
    ...['s3api', 'list-objects-v2', '--bucket', bucket, '--prefix', prefix],
  );
  return (found?.Contents ?? []).flatMap(({ Key: key }) => {
    const takenAt = takenAtOf(key);
    return takenAt === null ? [] : [{ key, takenAt }];
  });
}
