import type { Terraform } from '../find-terraform.ts';
import { run, type Finished } from '../run.ts';

/** Terraform in one folder. */
export interface Root {
  folder: string;
  /** Runs one of its commands, without colours. */
  run(command: string, ...args: string[]): Promise<Finished>;
}

export function openRoot(
  terraform: Terraform,
  folder: string,
  env: Record<string, string> = {},
): Root {
  return {
    folder,
    run: (command, ...args) =>
      run(terraform.program, [command, ...args, ...(command === 'fmt' ? [] : ['-no-color'])], {
        cwd: folder,
        quiet: true,
        env: { ...terraform.env, ...env },
      }),
  };
}
