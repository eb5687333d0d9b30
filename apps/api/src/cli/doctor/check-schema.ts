import { failed, ok, warning, type Finding } from './finding.ts';

/** Whether the store's schema is the one of this version. */
export function checkSchema(
  name: string,
  found: { schemaVersion: number; knownSchemaVersion: number },
  backup: string,
): Finding {
  const { schemaVersion, knownSchemaVersion } = found;
  const versions = `schema version ${schemaVersion}, this version of Signalbox knows up to ${knownSchemaVersion}`;
  if (schemaVersion > knownSchemaVersion) {
    return failed(
      'store',
      `${name}: ${versions}`,
      'Install the version that wrote it, or restore an older backup.',
    );
  }
  if (schemaVersion < knownSchemaVersion) {
    return warning(
      'store',
      `${name}: ${versions}`,
      `The next start brings it up to date; make a backup before: ${backup}.`,
    );
  }
  return ok('store', `${name} answers, schema version ${schemaVersion}`);
}

export function describeProcesses(living: readonly { pid: number; host: string }[]): Finding {
  const names = living.map(({ pid, host }) => `${pid} on ${host}`).join(', ');
  return ok(
    'processes',
    living.length === 0 ? 'no gateway runs on this store' : `a gateway runs: pid ${names}`,
  );
}
