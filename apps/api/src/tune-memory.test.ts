import { describe, expect, test } from '@jest/globals';
import { tuneMemory, type TunableProcess } from './tune-memory.ts';

interface Executed {
  file: string;
  argv: readonly string[];
  env: Record<string, string>;
}

function setup(overrides: Partial<TunableProcess> = {}) {
  const executed: Executed[] = [];
  const process: TunableProcess = {
    platform: 'linux',
    execPath: '/bin/node',
    execArgv: ['--enable-source-maps'],
    argv: ['/bin/node', '/app/main.js', '--x'],
    env: { PORT: '1', UNSET: undefined },
    execve: (file, argv, env) => void executed.push({ file, argv, env }),
    ...overrides,
  };
  tuneMemory(process);
  return executed;
}

describe('tuneMemory', () => {
  test('the program starts again with the same arguments and environment, and the settings', () => {
    const [executed] = setup();
    expect(executed?.file).toBe('/bin/node');
    expect(executed?.argv).toEqual([
      '/bin/node',
      '--max-semi-space-size=32',
      '--enable-source-maps',
      '/app/main.js',
      '--x',
    ]);
    expect(executed?.env).toMatchObject({
      PORT: '1',
      MALLOC_MMAP_THRESHOLD_: '1048576',
      UV_THREADPOOL_SIZE: '8',
    });
    expect(executed?.env).not.toHaveProperty('UNSET');
  });

  test('what the environment says of threads counts', () => {
    const [executed] = setup({ env: { UV_THREADPOOL_SIZE: '16' } });
    expect(executed?.env).toMatchObject({ UV_THREADPOOL_SIZE: '16' });
  });

  test('what it starts does not start itself again', () => {
    const [executed] = setup();
    expect(setup({ env: executed?.env ?? {} })).toEqual([]);
  });

  test.each([
    ['on another system', { platform: 'darwin' }],
    ['under a parent that talks to it', { send: () => true }],
  ])('%s nothing happens', (_, overrides) => {
    expect(setup(overrides)).toEqual([]);
  });
});
