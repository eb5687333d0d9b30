import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { parseArgs } from 'node:util';

// The name that a gateway gives its first admin unless told otherwise.
const FIRST_ADMIN = 'admin@signalbox.local';

export interface Options {
  url: string;
  ratePerSecond: number;
  /** How many to send; infinite with `--keep`. */
  events: number;
  email: string;
  password: string;
  /** Let the receiver refuse some events for good, so that there are dead letters to look at. */
  deadLetters: boolean;
}

export const USAGE = `npm run demo -- [--url URL] [--rate N] [--events N | --seconds N | --keep] [--dead-letters]
                [--email EMAIL --password PASSWORD]

  --url URL        the gateway (default http://127.0.0.1:8080)
  --rate N         events a second (default 20)
  --events N       how many events (default 400)
  --seconds N      or for how long
  --keep           or until Ctrl-C, so that the dashboard stays alive
  --dead-letters   the receiver refuses some events with 422
  --email, --password
                   an admin; default: ADMIN_EMAIL and ADMIN_PASSWORD of the environment, else the e-mail
                   of a gateway's first admin, and the password is asked for on a terminal`;

/** A mistake on the command line; its message says what to pass. */
export class UsageError extends Error {}

/** Reads the command line and the environment; asks for what is missing where a terminal is there. */
export async function readOptions(commandLine: readonly string[]): Promise<Options> {
  const values = parse(commandLine);
  const ratePerSecond = readNumber('--rate', values.rate, 1, 1000);
  const seconds = values.seconds && readNumber('--seconds', values.seconds, 1, 86_400);
  const events = readNumber('--events', values.events, 1, 10_000_000);
  return {
    url: values.url.replace(/\/+$/, ''),
    ratePerSecond,
    events: values.keep ? Number.POSITIVE_INFINITY : seconds ? seconds * ratePerSecond : events,
    deadLetters: values['dead-letters'],
    email: values.email ?? process.env['ADMIN_EMAIL'] ?? FIRST_ADMIN,
    password: values.password ?? process.env['ADMIN_PASSWORD'] ?? (await askPassword()),
  };
}

function parse(commandLine: readonly string[]) {
  try {
    return parseArgs({
      args: [...commandLine],
      options: {
        url: { type: 'string', default: 'http://127.0.0.1:8080' },
        rate: { type: 'string', default: '20' },
        events: { type: 'string', default: '400' },
        seconds: { type: 'string' },
        keep: { type: 'boolean', default: false },
        'dead-letters': { type: 'boolean', default: false },
        email: { type: 'string' },
        password: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function readNumber(option: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new UsageError(
      `${option} must be a whole number from ${least} to ${most}, not "${text}"`,
    );
  }
  return value;
}

async function askPassword(): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new UsageError(
      'Which password? Pass --password, or set ADMIN_PASSWORD to what the gateway was first started with.',
    );
  }
  // What is typed is echoed into nothing.
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  process.stdout.write('Password: ');
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await terminal.question('');
  } finally {
    terminal.close();
    process.stdout.write('\n');
  }
}
