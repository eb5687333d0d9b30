import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parse } from '@cdktf/hcl2json';

/** Blocks of one kind by name, such as variables. Each is a list, because HCL allows a block twice. */
export type Blocks = Record<string, Record<string, unknown>[]>;

export interface Source {
  /** Folder of a module or root, such as `modules/network`. */
  folder: string;
  kind: 'module' | 'root';
  files: readonly { name: string; text: string }[];
  variables: Blocks;
  outputs: Blocks;
  locals: Record<string, unknown>;
  /** By type, then by name. */
  resources: Record<string, Blocks>;
  data: Record<string, Blocks>;
  providers: Blocks;
  terraform: Record<string, unknown>[];
  hasLockFile: boolean;
}

type Parsed = Partial<{
  variable: Blocks;
  output: Blocks;
  locals: Record<string, unknown>[];
  resource: Record<string, Blocks>;
  data: Record<string, Blocks>;
  provider: Blocks;
  terraform: Record<string, unknown>[];
}>;

/** Reads every module and root under infra/terraform. */
export async function readSources(folder: string): Promise<Source[]> {
  const files = await readdir(folder, { recursive: true });
  const withTerraform = files
    .filter((file) => file.endsWith('versions.tf') && !file.includes('.terraform/'))
    .map((file) => join(folder, file, '..'));
  return Promise.all(withTerraform.sort().map((one) => readSource(folder, one)));
}

async function readSource(top: string, folder: string): Promise<Source> {
  const names = await readdir(folder);
  const files = await Promise.all(
    names
      .filter((name) => name.endsWith('.tf'))
      .map(async (name) => ({ name, text: await readFile(join(folder, name), 'utf8') })),
  );
  const path = relative(top, folder);
  return openSource(path, files, names.includes('.terraform.lock.hcl'));
}

export async function openSource(
  folder: string,
  files: readonly { name: string; text: string }[],
  hasLockFile: boolean,
): Promise<Source> {
  const parsed = (await Promise.all(
    files.map(({ name, text }) => parse(name, text)),
  )) as unknown as Parsed[];
  const merge = <T extends object>(pick: (one: Parsed) => T | undefined): T =>
    Object.assign({}, ...parsed.map((one) => pick(one) ?? {})) as T;
  return {
    folder,
    kind: folder.startsWith('modules/') ? 'module' : 'root',
    files,
    variables: merge((one) => one.variable),
    outputs: merge((one) => one.output),
    locals: Object.assign({}, ...parsed.flatMap((one) => one.locals ?? [])) as Source['locals'],
    resources: mergeTypes(parsed.map((one) => one.resource ?? {})),
    data: mergeTypes(parsed.map((one) => one.data ?? {})),
    providers: merge((one) => one.provider),
    terraform: parsed.flatMap((one) => one.terraform ?? []),
    hasLockFile,
  };
}

/** The same type may be in several files. */
function mergeTypes(all: readonly Record<string, Blocks>[]): Record<string, Blocks> {
  const merged: Record<string, Blocks> = {};
  for (const [type, blocks] of all.flatMap((one) => Object.entries(one)))
    merged[type] = { ...merged[type], ...blocks };
  return merged;
}
