import { cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ROOT, run } from '../lib/run.ts';
import { command } from './lib/command.ts';
import { hashFile } from './lib/hash-file.ts';
import { listRuntimePackages } from './lib/list-runtime-packages.ts';
import { requireVersion, type Manifest, type ReleaseFacts } from './lib/manifest.ts';
import { makeSbom } from './lib/make-sbom.ts';
import { packFolder } from './lib/pack-folder.ts';
import { runProgram, Stop } from './lib/program.ts';

/** What a host needs beside the build and its packages. */
const FILES = [
  'ecosystem.config.cjs',
  'nginx',
  'infra/host',
  'scripts/deploy',
  'scripts/lib',
  'LICENSE',
  'package.json',
];
/** Of the packages: what only compilers, debuggers and people read. */
const LEFT_OUT = /\.(?:map|md|markdown|d\.[cm]?ts)$|\/better-sqlite3\/(?:deps|src)(?:\/|$)/;

await runProgram({
  path: 'scripts/deploy/build-artifact.ts',
  summary:
    'Builds what a host runs, as one archive: the same bytes each time from the same commit. Beside it lie its manifest (version, commit, checksum) and its SBOM.',
  options: {
    to: { value: 'FOLDER', default: 'artifact', help: 'Where the three files go.' },
    version: { value: 'VERSION', help: 'Instead of the version of the package and the commit.' },
    'allow-changes': { help: 'Build although files differ from the commit; the version says so.' },
  },
  async run({ text, flag, log, change }) {
    const facts = await readFacts(text('version'), flag('allow-changes'));
    const folder = resolve(text('to'));
    const name = `signalbox-${facts.version}`;
    await change(`build ${name}.tar.gz in ${folder}`, async () => {
      const stage = await mkdtemp(join(tmpdir(), 'signalbox-artifact-'));
      try {
        await mkdir(folder, { recursive: true });
        await fill(stage, facts);
        const file = join(folder, `${name}.tar.gz`);
        await packFolder(stage, file, facts.committedAt);
        const sha256 = await hashFile(file);
        const { size } = await stat(file);
        const manifest: Manifest = {
          ...facts,
          file: `${name}.tar.gz`,
          sha256,
          sizeBytes: size,
        };
        await writeFile(join(folder, `${name}.sbom.json`), await makeSbom(facts));
        await writeFile(join(folder, `${name}.json`), toJson(manifest));
        log(`${facts.version} ${sha256} ${(size / 1e6).toFixed(1)} MB`);
      } finally {
        await rm(stage, { recursive: true, force: true });
      }
    });
  },
});

async function readFacts(wanted: string, allowChanges: boolean): Promise<ReleaseFacts> {
  const git = async (...args: string[]) => (await command('git', args, { cwd: ROOT })).trim();
  const changed = await git('status', '--porcelain');
  if (changed !== '' && !allowChanges) {
    throw new Stop(
      `These files differ from the commit; commit them, or add --allow-changes:\n${changed}`,
      2,
    );
  }
  const commit = await git('rev-parse', 'HEAD');
  const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
    version: string;
  };
  const own = `${version}-g${commit.slice(0, 12)}${changed === '' ? '' : '.changed'}`;
  return {
    version: requireVersion(wanted === '' ? own : wanted),
    commit,
    committedAt: await git('log', '-1', '--format=%cI'),
    node: '24',
  };
}

/** Lays out a release in an empty folder. Built into it and not in place, so that nothing of an earlier build gets in. */
async function fill(stage: string, facts: ReleaseFacts): Promise<void> {
  await build('apps/api', 'tsc', [
    '-p',
    'tsconfig.build.json',
    '--outDir',
    join(stage, 'apps/api/dist'),
  ]);
  await build('apps/dashboard', 'vite', [
    'build',
    '--logLevel=warn',
    '--emptyOutDir',
    '--outDir',
    join(stage, 'apps/dashboard/dist'),
  ]);
  for (const file of FILES) {
    await cp(join(ROOT, file), join(stage, file), {
      recursive: true,
      filter: (path) => !path.endsWith('.test.ts'),
    });
  }
  for (const path of await listRuntimePackages(ROOT)) {
    await cp(join(ROOT, path), join(stage, path), {
      recursive: true,
      filter: (file) =>
        !file.slice(join(ROOT, path).length).includes('/node_modules/') && !LEFT_OUT.test(file),
    });
  }
  const manifest = JSON.parse(
    await readFile(join(ROOT, 'apps/api/package.json'), 'utf8'),
  ) as object;
  await writeFile(
    join(stage, 'apps/api/package.json'),
    toJson({ ...manifest, version: facts.version }),
  );
  await writeFile(join(stage, 'manifest.json'), toJson(facts));
}

async function build(folder: string, program: string, args: string[]): Promise<void> {
  const { code, output } = await run(program, args, { cwd: join(ROOT, folder), quiet: true });
  if (code !== 0) throw new Stop(`${folder} could not be built:\n${output}`);
}

function toJson(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
