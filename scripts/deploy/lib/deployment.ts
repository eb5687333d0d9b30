import { readFile } from 'node:fs/promises';
import { Stop } from './program.ts';

/** What Terraform says of an environment: `terraform output -json deployment`. */
export interface Deployment {
  name: string;
  region: string;
  shape: 'box' | 'fleet';
  artifacts_bucket: string;
  backups_bucket: string;
  frontend_bucket: string;
  distribution_id: string;
  /** Host name of the origin when there is a domain. */
  origin_name: string | null;
  /** `/signalbox-production/` */
  settings_path: string;
  instance_id: string | null;
  scaling_group_name: string | null;
  /** Where people and senders reach it; `share-deployment.ts` adds it. */
  url?: string;
}

export async function readDeployment(file: string): Promise<Deployment> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Stop(
      `There is no file ${file}; "terraform output -json deployment > ${file}" in the folder of the environment writes it.`,
      2,
    );
  });
  const deployment = JSON.parse(text) as Partial<Deployment>;
  for (const name of ['name', 'region', 'shape', 'artifacts_bucket', 'settings_path'] as const) {
    if (typeof deployment[name] !== 'string') {
      throw new Stop(`${file} names no ${name}; it is to hold the output "deployment" as JSON.`, 2);
    }
  }
  return deployment as Deployment;
}

/** What hosts read to know which release is theirs, at `<settings_path>release`, or at `<settings_path>candidate` while it is tried. */
export interface ReleaseRecord {
  version: string;
  /** `s3://…` */
  artifact: string;
  sha256: string;
  /** `s3://…`, where backups go. */
  backups: string;
  publicUrl: string;
  shape: 'box' | 'fleet';
  originName: string | null;
}
