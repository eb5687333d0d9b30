import { once } from 'node:events';
import { createServer } from 'node:http';

export interface Receiver {
  url: string;
  bodies: string[];
  /** What it answers from now on. */
  answerWith(status: number, body?: string): void;
  stop(): Promise<void>;
}

/** An application on loopback that receives deliveries. */
export async function startReceiver(): Promise<Receiver> {
  const bodies: string[] = [];
  let answer = { status: 200, body: '{"ok":true}' };
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      bodies.push(body);
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(answer.body);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${String(address.port)}/hook`,
    bodies,
    answerWith(status, body = '{}') {
      answer = { status, body };
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
