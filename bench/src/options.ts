import { parseArgs } from 'node:util';

export const SYSTEM_NAMES = ['R', 'Q', 'L', 'S', 'C', 'M', 'B', 'P', 'F'] as const;
export type SystemName = (typeof SYSTEM_NAMES)[number];

export interface Options {
  rounds: number;
  /** Length of each phase of load. */
  seconds: number;
  only: readonly SystemName[];
  /** Where to write every figure of every round; null: nowhere. */
  jsonFile: string | null;
}

export const USAGE = `npm run bench -- [--rounds N] [--seconds N] [--only R,S] [--json FILE]

  --rounds N    rounds, each visiting every system in turn (default 3)
  --seconds N   length of each phase of load (default 4)
  --only R,S    only these systems: R, Q, L, S, C, M, B, P, F (default all)
  --json FILE   also write every figure of every round to FILE`;

/** Reads the command line. Throws an `Error` that names the option and what it may be. */
export function readOptions(commandLine: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...commandLine],
    options: {
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '4' },
      only: { type: 'string', default: SYSTEM_NAMES.join(',') },
      json: { type: 'string' },
    },
  });
  return {
    rounds: readPositive('--rounds', values.rounds),
    seconds: readPositive('--seconds', values.seconds),
    only: readSystems(values.only),
    jsonFile: values.json ?? null,
  };
}

function readPositive(option: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 600) {
    throw new Error(`${option} must be a whole number from 1 to 600, not "${text}"`);
  }
  return value;
}

function readSystems(text: string): SystemName[] {
  const wanted = text.split(',').map((name) => name.trim().toUpperCase());
  for (const name of wanted) {
    if (!SYSTEM_NAMES.some((known) => known === name)) {
      throw new Error(`--only takes ${SYSTEM_NAMES.join(', ')}, not "${name}"`);
    }
  }
  return SYSTEM_NAMES.filter((name) => wanted.includes(name));
}
