import { createApp, type App } from './app.ts';
import { banner } from './banner.ts';
import { describeConfig, readConfig, type Config } from './config.ts';
import { giveBackMemory } from './give-back-memory.ts';
import { createLogger, type Logger } from './log.ts';

/**
 * Runs the gateway until a signal ends it. A start that cannot succeed says why and ends the process with 1.
 * Under a process manager (one that holds a channel to this process, as PM2 does) it says nothing but JSON lines, and the manager is told
 * once requests are taken.
 */
export async function start(environment: NodeJS.ProcessEnv): Promise<void> {
  const isManaged = process.send !== undefined;
  const config = readOrExit(environment);
  const logger = createLogger(config.logLevel, {
    instance: isManaged ? config.instance : null,
    folder: config.logDir,
  });
  logger.info({ settings: describeConfig(config) }, 'starting');
  let app: App;
  // What a start waits for (an idle connection, an answer of another process) need not hold the process by itself.
  const awake = setInterval(() => undefined, 1000);
  try {
    app = await createApp({ config, logger });
    giveBackMemory();
    await app.listen();
  } catch (error) {
    const message = `Signalbox could not start: ${explain(error, config)}`;
    if (isManaged) logger.fatal({ err: error }, message);
    else console.error(message);
    logger.debug({ err: error }, 'start failed');
    process.exit(1);
  }
  clearInterval(awake);
  closeOnSignals(app, logger);
  if (isManaged) {
    logger.info({ url: app.url, version: app.version }, 'listening');
    if (app.firstAdmin) console.log(firstAdminLine(app.firstAdmin));
    process.send?.('ready');
  } else {
    console.log(banner(app, config));
  }
}

// Past the logger: it hides passwords, and this one is shown once on purpose.
function firstAdminLine({ email, oneTimePassword }: NonNullable<App['firstAdmin']>): string {
  return JSON.stringify({
    level: 'warn',
    service: 'signalbox',
    email,
    password: oneTimePassword ?? 'as set in ADMIN_PASSWORD',
    msg: 'the first admin was made; change a password that is shown here',
  });
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
