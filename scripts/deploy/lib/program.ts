import { parseArgs } from 'node:util';

/** An option of a program: `--name VALUE`, or `--name` alone when it is a flag. */
export interface Option {
  help: string;
  /** What the value is called in the help; left out: a flag. */
  value?: string;
  default?: string;
  isRequired?: boolean;
}

/** One program of this folder. */
export interface Program<Name extends string> {
  /** From the root of the repository, such as `scripts/deploy/roll-out.ts`. */
  path: string;
  summary: string;
  options: Record<Name, Option>;
  run: (job: Job<Name>) => Promise<void>;
}

/** What a running program is given. */
export interface Job<Name extends string> {
  /** The value of an option that has one, or the empty string. */
  text: (name: NoInfer<Name>) => string;
  flag: (name: NoInfer<Name>) => boolean;
  isDryRun: boolean;
  log: Log;
  /** Does something that changes the world; with `--dry-run` only says so. */
  change: (what: string, work: () => Promise<unknown>) => Promise<void>;
}

export type Log = (line: string) => void;

/** An end that was foreseen: its message says what to do, and no stack is shown. */
export class Stop extends Error {
  readonly code: number;
  /** @param code 1: it was tried and failed; 2: it was asked for wrongly, and nothing was done */
  constructor(message: string, code: 1 | 2 = 1) {
    super(message);
    this.code = code;
  }
}

/** Runs a program with the arguments of this process and sets the exit code. Every program knows `--help` and `--dry-run`. */
export async function runProgram<Name extends string>(program: Program<Name>): Promise<void> {
  try {
    const job = readJob(program, process.argv.slice(2));
    if (job === null) console.log(renderHelp(program));
    else await program.run(job);
  } catch (error) {
    console.error(error instanceof Stop ? error.message : error);
    process.exitCode = error instanceof Stop ? error.code : 1;
  }
}

/** Null when help was asked for. */
function readJob<Name extends string>(
  program: Program<Name>,
  argv: readonly string[],
): Job<Name> | null {
  const values = parseValues(program, argv);
  if (values['help'] === true) return null;
  for (const [name, option] of entriesOf(program)) {
    if (option.isRequired === true && !values[name]) {
      throw new Stop(`--${name} ${option.value ?? ''} is missing: ${option.help}`, 2);
    }
  }
  const isDryRun = values['dry-run'] === true;
  const log: Log = (line) => console.log(line);
  return {
    text: (name) => String(values[name] ?? ''),
    flag: (name) => values[name] === true,
    isDryRun,
    log,
    async change(what, work) {
      log(isDryRun ? `would ${what}` : what);
      if (!isDryRun) await work();
    },
  };
}

function parseValues(
  program: Program<string>,
  argv: readonly string[],
): Record<string, string | boolean | undefined> {
  const known = Object.fromEntries(
    entriesOf(program).map(([name, { value, default: fallback }]) => [
      name,
      value === undefined
        ? { type: 'boolean' as const }
        : { type: 'string' as const, ...(fallback === undefined ? {} : { default: fallback }) },
    ]),
  );
  const options = { ...known, help: { type: 'boolean' }, 'dry-run': { type: 'boolean' } } as const;
  try {
    return parseArgs({ args: [...argv], options }).values;
  } catch (error) {
    throw new Stop(error instanceof Error ? error.message : String(error), 2);
  }
}

function renderHelp(program: Program<string>): string {
  const rows = [
    ...entriesOf(program).map(([name, option]): [string, string] => [
      `--${name}${option.value === undefined ? '' : ` ${option.value}`}`,
      `${option.help}${describeDefault(option)}`,
    ]),
    ['--dry-run', 'Say what would be changed, and change nothing.'],
    ['--help', 'Show this.'],
  ];
  const width = Math.max(...rows.map(([left = '']) => left.length));
  const lines = rows.map(([left = '', right = '']) => `  ${left.padEnd(width)}  ${right}`);
  return [`node ${program.path} [OPTIONS]`, '', program.summary, '', ...lines].join('\n');
}

function describeDefault(option: Option): string {
  if (option.isRequired === true) return ' Required.';
  return option.default === undefined ? '' : ` Default: ${option.default}`;
}

function entriesOf(program: Program<string>): [string, Option][] {
  return Object.entries(program.options);
}
