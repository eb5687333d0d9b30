import { attempt, command } from './command.ts';
import { Stop } from './program.ts';

/** Runs the AWS command line, with account, region and endpoint from the environment, and answers its JSON (null where it says nothing). */
export async function aws<T>(...args: string[]): Promise<T> {
  const output = await command('aws', withEndpoint(args), { env: QUIET });
  return (output.trim() === '' ? null : JSON.parse(output)) as T;
}

const NOT_THERE =
  /ParameterNotFound|InvocationDoesNotExist|InvalidInstanceId|Not Found|NoSuchKey|NoSuchBucket|\b404\b/;

/** As `aws`, and null where the one thing asked for does not exist. */
export async function awsOrNull<T>(...args: string[]): Promise<T | null> {
  const { code, output, errors } = await attempt('aws', withEndpoint(args), { env: QUIET });
  if (code === 0) return JSON.parse(output) as T;
  if (NOT_THERE.test(errors)) return null;
  throw new Stop(`aws ${args.slice(0, 2).join(' ')} failed: ${errors.trim().slice(-2000)}`);
}

/** Copies between files and `s3://…`, without a progress bar. */
export async function copyS3(from: string, to: string, ...more: string[]): Promise<void> {
  await command('aws', withEndpoint(['s3', 'cp', from, to, '--only-show-errors', ...more]), {
    env: QUIET,
  });
}

// No pager, and no waiting for an answer that an emulator on a busy machine has lost.
const QUIET = { AWS_PAGER: '', AWS_DEFAULT_OUTPUT: 'json' };

/** Not every service of the first version of the command line reads AWS_ENDPOINT_URL. */
function withEndpoint(args: readonly string[]): string[] {
  const endpoint = process.env['AWS_ENDPOINT_URL'];
  return endpoint ? ['--endpoint-url', endpoint, ...args] : [...args];
}
