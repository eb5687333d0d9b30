import { GatewayError } from '../../domain/errors.ts';
import { toProblem } from '../problem.ts';
import type { ErrorHandler } from '../handler.ts';
import { discardRest } from '../discard-rest.ts';
import type { Services } from '../services.ts';

/** Turns every error into its answer; our own faults are logged whole under the request id. */
export function createHandleError(
  services: Pick<Services, 'logger' | 'drain' | 'clock'>,
): ErrorHandler {
  return (error, request, response) => {
    const { requestId, bodyUnread } = request.exchange;
    const problem = toProblem(error, requestId);
    if (!(error instanceof GatewayError) || problem.status === 500)
      services.logger.error({ requestId, err: error }, 'request failed');
    if (response.headersSent) {
      // Too late for an answer.
      request.socket.destroy();
      return;
    }
    response.statusCode = problem.status;
    for (const [name, value] of Object.entries(problem.headers)) response.setHeader(name, value);
    if (problem.status === 401) response.setHeader('www-authenticate', challenge(request.headers));
    const body = JSON.stringify(problem.body);
    response.setHeader('content-length', Buffer.byteLength(body));
    if (bodyUnread || services.drain.active) response.setHeader('connection', 'close');
    if (bodyUnread) discardRest(request, response, body, services.clock);
    else response.end(request.method === 'HEAD' ? undefined : body);
  };
}

// RFC 6750, section 3: no error code where no credential was given.
function challenge(headers: { authorization?: string | undefined }): string {
  const realm = 'Bearer realm="signalbox"';
  return headers.authorization === undefined ? realm : `${realm}, error="invalid_token"`;
}
