import { Stop } from './program.ts';

/** Backups are named after their moment, so that the newest has the greatest name. */
export type BackupKind = 'daily' | 'recent';

/** @param takenAt ISO 8601, UTC */
export function newKey(kind: BackupKind, takenAt: string): string {
  return `${kind}/${takenAt.slice(0, 10)}/${takenAt.replaceAll(':', '')}.sealed`;
}

/** Where those of one day lie. */
export const dailyPrefix = (takenAt: string): string => `daily/${takenAt.slice(0, 10)}/`;

/** When the backup under a key was taken, in milliseconds since 1970; null: it is none. */
export function takenAtOf(key: string): number | null {
  const found = /^(?:daily|recent)\/[\d-]+\/([\d-]+T)(\d\d)(\d\d)(\d\d[\d.]*Z)\.sealed$/.exec(key);
  if (found === null) return null;
  const [, date = '', hours = '', minutes = '', seconds = ''] = found;
  return Date.parse(`${date}${hours}:${minutes}:${seconds}`);
}

/** `s3://bucket` */
export function parsePlace(text: string): { bucket: string; url: string } {
  const bucket = /^s3:\/\/([a-z0-9][a-z0-9.-]+)\/?$/.exec(text)?.[1];
  if (bucket === undefined) {
    throw new Stop(`"${text}" is not a place such as s3://signalbox-production-backups.`, 2);
  }
  return { bucket, url: `s3://${bucket}` };
}
