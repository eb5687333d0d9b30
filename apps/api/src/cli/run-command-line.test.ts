import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { COMMANDS } from './commands.ts';
import { createBench, type Bench } from './fixture-for-tests.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await createBench();
});
afterEach(() => bench.remove());

describe('help', () => {
  test('without arguments lists every command', async () => {
    const { code, output } = await bench.run();
    expect(code).toBe(0);
    for (const { name, summary } of COMMANDS) {
      expect(output).toContain(name);
      expect(output).toContain(summary);
    }
  });

  test.each(COMMANDS.map((command) => [command.name, command] as const))(
    'of "%s" shows its use and each of its options',
    async (name, command) => {
      const { code, output } = await bench.run(...name.split(' '), '--help');
      expect(code).toBe(0);
      expect(output).toMatch(new RegExp(`^signalbox ${name}`));
      expect(output).toContain(command.summary);
      for (const [option, { help }] of Object.entries(command.options ?? {})) {
        expect(output).toContain(`--${option}`);
        expect(output).toContain(help);
      }
      expect((await bench.run('help', ...name.split(' '))).output).toBe(output);
    },
  );

  test('agrees with the document about which commands and options there are', async () => {
    const file = new URL('../../../../docs/command-line.md', import.meta.url);
    const document = await readFile(file, 'utf8');
    const described = [...document.matchAll(/^\| `([a-z -]+?)(?: [A-Z-][^`]*)?` +\|/gm)].map(
      ([, name = '']) => name.replace(/ --to.*/, ''),
    );
    expect(described).toEqual(COMMANDS.map(({ name }) => name));
  });

  test('of a group lists its commands and no others', async () => {
    const { code, output } = await bench.run('user', '--help');
    expect(code).toBe(0);
    expect(output).toContain('user add');
    expect(output).not.toContain('keys list');
  });
});

describe('--version', () => {
  test('is the version of the package', async () => {
    expect(await bench.run('--version')).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
    expect((await bench.run('--version', '--json')).json).toEqual({
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    });
  });
});

describe('wrong use ends with 2 and says how it is right', () => {
  test.each([
    [['usr'], 'There is no command "usr"'],
    [['user', 'make'], 'There is no command "user make"'],
    [['user'], '"user" needs one more word'],
    [['user', 'list', '--all'], "Unknown option '--all'"],
    [['user', 'add'], 'EMAIL is missing'],
    [['user', 'set-role', 'ada@shop.example'], 'ROLE is missing'],
    [['user', 'list', 'ada'], '"ada" is one argument too many'],
    [['user', 'add', 'ada@shop.example', '--role', 'king'], 'viewer, operator, admin'],
    [['user', 'list'], 'There is no store at'],
  ])('%j', async (argv, message) => {
    const { code, output, errors } = await bench.run(...argv);
    expect({ code, output }).toEqual({ code: 2, output: '' });
    expect(errors).toContain(message);
  });

  test('names every mistake in the settings', async () => {
    Object.assign(bench.environment, { PORT: 'x', RETENTION_DAYS: '0' });
    const { code, errors } = await bench.run('user', 'list');
    expect(code).toBe(2);
    expect(errors).toContain('PORT');
    expect(errors).toContain('RETENTION_DAYS');
  });

  test('with --json is one object on the standard output', async () => {
    const { code, json, errors } = await bench.run('user', 'list', '--json');
    expect({ code, errors }).toEqual({ code: 2, errors: '' });
    expect(json).toEqual({
      error: { code: 'usage', message: expect.stringContaining(bench.file) },
    });
  });
});
