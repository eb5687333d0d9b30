import { join } from 'node:path';
import { multistream, pino, type DestinationStream, type Logger as PinoLogger } from 'pino';

export type Logger = PinoLogger;

/** Members that never reach a log line, wherever they stand. */
const REDACTED = [
  'password',
  'secret',
  'key',
  'token',
  'accessToken',
  'refreshToken',
  'authorization',
  'cookie',
  '*.password',
  '*.secret',
  '*.token',
  '*.authorization',
  '*.cookie',
  'headers.authorization',
  'headers.cookie',
];

/**
 * A logger of JSON lines on standard output, or in files, or on `destination`.
 * @param options.instance tells the processes of one machine apart
 * @param options.folder where `signalbox.log` takes every line and `signalbox-error.log` those of level `error` and above; several
 *   processes may append to them
 * @throws Error when the folder cannot be written to
 */
export function createLogger(
  level: string,
  options: {
    instance?: string | null;
    folder?: string | null;
    destination?: DestinationStream;
  } = {},
): Logger {
  const { instance = null, folder = null, destination } = options;
  const settings = {
    level,
    base: { service: 'signalbox', ...(instance === null ? {} : { instance }) },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: REDACTED, censor: '[redacted]' },
  };
  if (destination) return pino(settings, destination);
  return folder === null ? pino(settings) : pino(settings, openFiles(folder));
}

function openFiles(folder: string): DestinationStream {
  const open = (name: string) => pino.destination({ dest: join(folder, name), mkdir: true });
  return multistream([
    { level: 'trace', stream: open('signalbox.log') },
    { level: 'error', stream: open('signalbox-error.log') },
  ]);
}
