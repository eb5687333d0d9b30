import { run } from './lib/run.ts';

const PROJECTS = ['.', 'apps/api', 'apps/dashboard', 'bench'];

let failures = 0;
for (const project of PROJECTS) {
  const { code } = await run('tsc', ['-p', project]);
  if (code !== 0) failures += 1;
}
process.exitCode = failures === 0 ? 0 : 1;
