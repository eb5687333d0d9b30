import { GatewayError } from '../domain/errors.ts';
import { CommandError, EXIT, type Io } from './command.ts';

/** Tells why a command ended and answers its exit code; with JSON, as one object on the standard output. */
export function reportFailure(error: unknown, io: Io, isJson: boolean): number {
  const message = messageOf(error);
  if (isJson) io.write(`${JSON.stringify({ error: { code: codeOf(error), message } })}\n`);
  else io.writeError(`signalbox: ${message}\n`);
  return error instanceof CommandError ? EXIT[error.reason] : EXIT.failed;
}

/** At the command line stands an operator, who may see what a caller of the API may not. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isHidden = error instanceof GatewayError && error.code === 'internal';
  if (!isHidden || error.cause === undefined) return error.message;
  const cause = error.cause instanceof Error ? error.cause.message : JSON.stringify(error.cause);
  return `${error.message} (${cause})`;
}

function codeOf(error: unknown): string {
  if (error instanceof CommandError) return error.reason;
  return error instanceof GatewayError ? error.code : 'failed';
}
