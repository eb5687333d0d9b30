import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import type { Answer, Call } from './call.ts';

/** Passes calls to moto at `port`, each header as it came. */
export function forwardCalls(port: number): {
  forward: (call: Call) => Promise<Answer>;
  close: () => void;
} {
  const agent = new Agent({ keepAlive: false });
  return { forward: (call) => forwardCall(call, port, agent), close: () => agent.destroy() };
}

function forwardCall(call: Call, port: number, agent: Agent): Promise<Answer> {
  const search = call.query.size === 0 ? '' : `?${call.query.toString()}`;
  const options = { port, agent, method: call.method, path: call.path + search };
  return new Promise((done, fail) => {
    const outgoing = request(
      { host: '127.0.0.1', ...options, headers: call.headers },
      (incoming) => {
        const parts: Buffer[] = [];
        incoming.on('data', (part: Buffer) => parts.push(part));
        incoming.once('error', fail);
        incoming.once('end', () => {
          done({
            status: incoming.statusCode ?? 502,
            headers: endToEnd(incoming.headers, call.method),
            body: Buffer.concat(parts),
          });
        });
      },
    );
    outgoing.once('error', fail);
    outgoing.end(call.body);
  });
}

/** Without the headers that belong to the connection with moto. */
function endToEnd(headers: IncomingHttpHeaders, method: string): Answer['headers'] {
  const own = new Set(['connection', 'transfer-encoding']);
  if (method !== 'HEAD') own.add('content-length');
  const kept: Answer['headers'] = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !own.has(name)) kept[name] = value;
  }
  return kept;
}
