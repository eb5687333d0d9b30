import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { answerHandlers } from './answers/all.ts';
import { type Answer, type Call, escapeXml, json, xml } from './call.ts';
import type { CallLog } from './call-log.ts';
import { forwardCalls } from './forward-call.ts';
import { identifyCall } from './identify-call.ts';

export interface Gateway {
  url: string;
  close(): Promise<void>;
}

/** Answers what moto lacks, passes on the rest, and writes down every call. What neither knows is a 501 that names it. */
export async function startGateway(motoPort: number, log: CallLog): Promise<Gateway> {
  const moto = forwardCalls(motoPort);
  const handlers = answerHandlers();
  const server = createServer((request, response) => {
    answerRequest(request).then(
      ({ status, headers, body }) => {
        // The answer to HEAD says how long the body would be, and has none.
        const isHead = request.method === 'HEAD';
        const length = isHead ? {} : { 'content-length': Buffer.byteLength(body) };
        response.writeHead(status, { ...headers, ...length });
        response.end(isHead ? undefined : body);
      },
      // Whoever asked has gone in the middle of it.
      () => response.destroy(),
    );
  });

  async function answerRequest(request: IncomingMessage): Promise<Answer> {
    const startedAt = performance.now();
    const call = identifyCall(request, Buffer.concat(await request.toArray()));
    const found = await findAnswer(call);
    const known = !isUnknown(found);
    const answer = known ? found : failed(call, found.body.toString('utf8').slice(0, 500));
    log.add(call, { status: answer.status, known, durationMs: performance.now() - startedAt });
    return answer;
  }

  async function findAnswer(call: Call): Promise<Answer> {
    const handler = handlers[`${call.service}:${call.action}`];
    try {
      return await (handler ? handler(call, moto.forward) : moto.forward(call));
    } catch (error) {
      return xml(String(error), 500);
    }
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No address to listen on.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      moto.close();
    },
  };
}

/** moto answers with a page of its web server where an action, or a whole service, is not there or broke. */
function isUnknown({ status, body }: Answer): boolean {
  return status >= 500 || (status >= 400 && /^\s*<!doctype html/i.test(body.toString('utf8')));
}

/** 501: the one fault of a server that clients of AWS do not try again. */
function failed(call: Call, reason: string): Answer {
  const message = `The emulator does not know ${call.service}:${call.action}. ${reason}`;
  if (call.headers['x-amz-target'] !== undefined || call.service === 'dlm')
    return json({ __type: 'NotImplemented', message }, 501);
  const error = `<Error><Code>NotImplemented</Code><Message>${escapeXml(message)}</Message></Error>`;
  return xml(call.service === 's3' ? error : `<ErrorResponse>${error}</ErrorResponse>`, 501);
}
