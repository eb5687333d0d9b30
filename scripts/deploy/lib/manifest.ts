import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Stop } from './program.ts';

/** What is known of an artifact; lies beside it as `<file>.json`, and in it, without file and checksum, as `manifest.json`. */
export interface Manifest extends ReleaseFacts {
  /** Name of the artifact's file. */
  file: string;
  /** SHA-256 of the artifact, hex. */
  sha256: string;
  sizeBytes: number;
}

export interface ReleaseFacts {
  /** What the gateway answers at `/health/live`. */
  version: string;
  commit: string;
  /** When the commit was made. */
  committedAt: string;
  /** The major version of Node that it runs on. */
  node: string;
}

/** Reads a manifest, and where the artifact and its SBOM lie: beside it. */
export async function readManifest(
  file: string,
): Promise<{ manifest: Manifest; artifact: string; sbom: string }> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Stop(
      `There is no manifest at ${file}; scripts/deploy/build-artifact.ts makes it.`,
      2,
    );
  });
  const manifest = JSON.parse(text) as Manifest;
  const folder = dirname(file);
  return {
    manifest,
    artifact: join(folder, manifest.file),
    sbom: join(folder, manifest.file.replace(/\.tar\.gz$/, '.sbom.json')),
  };
}

/** Versions become names of folders and of objects. */
export function requireVersion(version: string): string {
  if (/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(version)) return version;
  throw new Stop(`"${version}" is not a version such as 1.4.0 or 1.4.0-g0123456789ab.`, 2);
}
