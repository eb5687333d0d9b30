import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { awaitVersion, type Door } from './lib/await-version.ts';
import { command } from './lib/command.ts';
import { findAccount } from './lib/find-account.ts';
import { preflight } from './lib/preflight.ts';
import { runProgram, Stop, type Log } from './lib/program.ts';
import { openHome, readFacts, type ReleaseHome } from './lib/release-home.ts';
import { secureHome } from './lib/secure-home.ts';
import { withLock } from './lib/with-lock.ts';

await runProgram({
  path: 'scripts/deploy/roll-out.ts',
  summary:
    'On a host: puts a release in the place of the running one, worker by worker, asks it at the gateway and through nginx, and goes back to the former one by itself when it does not answer as it must.',
  options: {
    artifact: { value: 'FILE', help: 'The archive to unpack; --sha256 goes with it.' },
    sha256: { value: 'HEX', help: 'Its checksum, from the manifest.' },
    version: { value: 'VERSION', help: 'A release that is unpacked already, instead.' },
    previous: { help: 'The release before the current one, instead: a rollback by hand.' },
    home: { value: 'FOLDER', default: '/opt/signalbox', help: 'Where releases lie.' },
    user: { value: 'NAME', default: 'signalbox', help: 'Account that the gateway runs as.' },
    configure: {
      value: 'COMMAND',
      help: 'Brings settings and nginx up to date, before the switch and after a rollback. RELEASE holds the folder of the release.',
    },
    reload: {
      value: 'COMMAND',
      default: 'systemctl reload-or-restart signalbox',
      help: 'Has PM2 start what `current` leads to, without loss.',
    },
    gateway: { value: 'URL', default: 'http://127.0.0.1:8080', help: 'The gateway itself.' },
    nginx: {
      value: 'URL',
      default: 'http://127.0.0.1',
      help: 'The gateway through nginx; "none": there is none.',
    },
    seconds: { value: 'N', default: '60', help: 'How long each answer may take to come.' },
    keep: { value: 'N', default: '3', help: 'How many releases stay.' },
  },
  async run({ text, flag, isDryRun, log, change }) {
    const home = openHome(resolve(text('home')));
    const seconds = Number(text('seconds'));
    const doors: Door[] = [{ name: 'The gateway', url: text('gateway') }];
    if (text('nginx') !== 'none')
      doors.push({ name: 'The gateway through nginx', url: text('nginx') });
    const shell = (line: string, release: string) =>
      line === ''
        ? Promise.resolve('')
        : command('sh', ['-c', line], { env: { RELEASE: release } });

    const activate = async (version: string): Promise<void> => {
      const release = home.folderOf(version);
      await shell(text('configure'), release);
      await home.switchTo(version);
      await shell(text('reload'), release);
      for (const door of doors) await awaitVersion(door, version, seconds);
    };

    if (isDryRun) {
      const wanted = text('version') || text('artifact') || 'the previous release';
      log(
        `would put ${wanted} in the place of ${(await home.current()) ?? 'nothing'} in ${home.folder}`,
      );
      log(`would reload by: ${text('reload')}`);
      for (const { url } of doors)
        log(`would ask ${url}/health/ready, and go back where it does not answer`);
      return;
    }
    await mkdir(home.folder, { recursive: true });
    const account = await findAccount(text('user'));
    await secureHome(home.folder, account);
    await withLock(join(home.folder, '.roll-out.lock'), async () => {
      const version = await chooseRelease(home, {
        artifact: text('artifact'),
        sha256: text('sha256'),
        version: text('version'),
        previous: flag('previous'),
      });
      const former = await home.current();
      log(`${version} takes the place of ${former ?? 'nothing'}`);
      await preflight(home.folderOf(version), version, account);
      log('it starts by itself');
      try {
        await activate(version);
      } catch (error) {
        throw await goBack(error, former === version ? null : former, activate, log);
      }
      log(`${version} answers: ${doors.map(({ url }) => url).join(', ')}`);
      await change(`keep ${text('keep')} releases`, () => home.prune(Number(text('keep'))));
    });
  },
});

/** Puts the former release back in its place. Answers the error to end with. */
async function goBack(
  error: unknown,
  former: string | null,
  activate: (version: string) => Promise<void>,
  log: Log,
): Promise<Stop> {
  const reason = error instanceof Error ? error.message : String(error);
  if (former === null) return new Stop(`${reason}\nThere is no former release to go back to.`);
  log(`going back to ${former}: ${reason}`);
  try {
    await activate(former);
    return new Stop(`${reason}\nRolled back: ${former} answers.`);
  } catch (second) {
    const words = second instanceof Error ? second.message : String(second);
    return new Stop(`${reason}\nThe rollback to ${former} failed too: ${words}`);
  }
}

async function chooseRelease(
  home: ReleaseHome,
  wanted: { artifact: string; sha256: string; version: string; previous: boolean },
): Promise<string> {
  if (wanted.artifact !== '') {
    if (wanted.sha256 === '') throw new Stop('--artifact goes with --sha256.', 2);
    return home.unpack(resolve(wanted.artifact), wanted.sha256);
  }
  if (wanted.version !== '') return (await readFacts(home.folderOf(wanted.version))).version;
  if (!wanted.previous) throw new Stop('Name --artifact, --version or --previous.', 2);
  const current = await home.current();
  const previous = current === null ? null : await home.before(current);
  if (previous === null) throw new Stop('There is no release before the current one.', 2);
  return previous;
}
