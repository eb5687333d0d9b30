import type { App } from './app.ts';
import type { Config } from './config.ts';

/** What a person at a terminal wants to know once the gateway listens. */
export function banner(app: Pick<App, 'version' | 'url' | 'firstAdmin'>, config: Config): string {
  const lines = ['', `  Signalbox ${app.version} is listening on ${app.url}`, ''];
  if (app.firstAdmin) {
    lines.push(`  First admin   ${app.firstAdmin.email}`);
    lines.push(
      app.firstAdmin.oneTimePassword === null
        ? '  Password      as set in ADMIN_PASSWORD'
        : `  Password      ${app.firstAdmin.oneTimePassword}   (shown this once; change it after signing in)`,
    );
    lines.push('');
  }
  lines.push(`  Dashboard     ${app.url}/`);
  lines.push(`  API docs      ${app.url}/docs`);
  lines.push(`  Data          ${placeOf(config)}`);
  if (config.allowTargetCidrs.length > 0) {
    lines.push(`  Targets may lie in the private ranges ${config.allowTargetCidrs.join(', ')}`);
  }
  return `${lines.join('\n')}\n`;
}

function placeOf({ postgresUrl, databaseFile }: Config): string {
  if (postgresUrl === null) return databaseFile;
  const { host, pathname } = new URL(postgresUrl);
  return `PostgreSQL at ${host}${pathname}`;
}
