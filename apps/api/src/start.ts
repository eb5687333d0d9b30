import { createApp, type App } from './app.ts';
import { describeConfig, readConfig, type Config } from './config.ts';
import { createLogger, type Logger } from './log.ts';

/** Runs the gateway until a signal ends it. A start that cannot succeed says why and ends the process with 1. */
export async function start(environment: NodeJS.ProcessEnv): Promise<void> {
  const config = readOrExit(environment);
  const logger = createLogger(config.logLevel);
  logger.info({ settings: describeConfig(config) }, 'starting');
  let app: App;
  try {
    app = await createApp({ config, logger });
    await app.listen();
  } catch (error) {
    console.error(`Signalbox could not start: ${explain(error, config)}`);
    logger.debug({ err: error }, 'start failed');
    process.exit(1);
  }
  closeOnSignals(app, logger);
  console.log(banner(app, config));
}

function readOrExit(environment: NodeJS.ProcessEnv): Config {
  try {
    return readConfig(environment, { isTerminal: process.stdout.isTTY });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}

function explain(error: unknown, config: Config): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return `port ${config.port} on ${config.host} is taken. Stop what uses it, or set PORT to another one.`;
  }
  if (code === 'EACCES') {
    return `port ${config.port} on ${config.host} may not be used by this account. Set PORT to one above 1023.`;
  }
  return error.message;
}

function closeOnSignals(app: App, logger: Logger): void {
  let closing = false;
  const close = (signal: string): void => {
    if (closing) process.exit(1);
    closing = true;
    logger.info({ signal }, 'stopping');
    app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', close);
  process.on('SIGINT', close);
  // A fault nobody caught leaves unknown state behind; the store is right at any moment, so dying is safe.
  process.on('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'uncaught fault');
    process.exit(1);
  });
}

function banner(app: App, config: Config): string {
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
  lines.push(`  Data          ${config.databaseFile}`);
  if (config.allowTargetCidrs.length > 0) {
    lines.push(`  Targets may lie in the private ranges ${config.allowTargetCidrs.join(', ')}`);
  }
  return `${lines.join('\n')}\n`;
}
