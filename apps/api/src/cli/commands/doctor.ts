import { readVersion } from '../../read-version.ts';
import { EXIT, type Call, type Command } from '../command.ts';
import { checkDashboard } from '../doctor/check-dashboard.ts';
import { checkDataFolder } from '../doctor/check-data-folder.ts';
import { checkPort } from '../doctor/check-port.ts';
import { checkPostgres } from '../doctor/check-postgres.ts';
import { checkSqlite } from '../doctor/check-sqlite.ts';
import { checkStoreContents } from '../doctor/check-store-contents.ts';
import { failed, ok, type Finding } from '../doctor/finding.ts';
import { withStore } from '../with-store.ts';

export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'Check everything that a start needs; each fault comes with what to do.',
  details:
    'Changes nothing, and can be run beside a running gateway. Ends with 1 when a check failed; warnings end with 0.',
  async run(call) {
    const findings = await examine(call);
    const isWell = findings.every(({ status }) => status !== 'failed');
    call.answer({ isWell, findings }, render(findings));
    return isWell ? EXIT.done : EXIT.failed;
  },
};

async function examine(call: Call): Promise<Finding[]> {
  const version = ok(
    'version',
    `Signalbox ${await readVersion()} on Node ${process.versions.node}`,
  );
  let config;
  try {
    config = call.readConfig();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [version, failed('settings', reason, 'Correct them; the other checks need them.')];
  }
  const now = (): number => call.io.clock.now();
  const { postgresUrl } = config;
  const store =
    postgresUrl === null
      ? [...(await checkDataFolder(config)), ...checkSqlite(config, now())]
      : await checkPostgres(postgresUrl, config.retentionDays, now);
  const isUsable = store.find(({ check }) => check === 'store')?.status === 'ok';
  return [
    version,
    ok('settings', 'no mistakes'),
    ...store,
    // A store with another schema is not opened: that would bring it up to date.
    ...(isUsable ? await withStore(call, (tools) => checkStoreContents(config, tools.store)) : []),
    checkDashboard(),
    await checkPort(config),
  ];
}

const MARKS = { ok: 'ok     ', warning: 'warning', failed: 'FAILED ' } as const;

function render(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ check }) => check.length));
  const indent = ' '.repeat(MARKS.ok.length + width + 4);
  return findings
    .map(({ check, status, detail, action }) => {
      const line = `${MARKS[status]}  ${check.padEnd(width)}  ${detail.replaceAll('\n', `\n${indent}`)}`;
      return action === null ? line : `${line}\n${indent}→ ${action}`;
    })
    .join('\n');
}
