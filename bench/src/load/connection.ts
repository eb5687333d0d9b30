import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface Answer {
  statusCode: number;
  body: string;
}

export interface Connection {
  /** Sends one whole HTTP/1.1 request and waits for its answer; one request at a time. */
  send(request: string): Promise<Answer>;
  close(): void;
}

const END_OF_HEAD = '\r\n\r\n';

/**
 * One keep-alive connection that costs the machine as little as possible: the load generator shares the two
 * cores with the system under test. Understands `Content-Length` and chunked answers.
 */
export async function openConnection(port: number): Promise<Connection> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  return wrapSocket(socket);
}

function wrapSocket(socket: Socket): Connection {
  let received = '';
  let waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | null = null;
  socket.setEncoding('latin1');
  socket.on('data', (text: string) => {
    received += text;
    const answer = parseAnswer(received);
    if (answer === null) return;
    received = '';
    const { resolve } = waiting ?? { resolve: () => undefined };
    waiting = null;
    resolve(answer);
  });
  const fail = (error: Error): void => {
    waiting?.reject(error);
    waiting = null;
  };
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('the server closed the connection')));
  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}

function parseAnswer(text: string): Answer | null {
  const headEnd = text.indexOf(END_OF_HEAD);
  if (headEnd < 0) return null;
  const head = text.slice(0, headEnd);
  const body = text.slice(headEnd + END_OF_HEAD.length);
  const statusCode = Number(head.slice(9, 12));
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length !== undefined) return body.length < Number(length) ? null : { statusCode, body };
  return body.endsWith('0\r\n\r\n') ? { statusCode, body } : null;
}

/** The text of a POST. `body` may hold any characters; its length is counted in bytes. */
export function makeRequest(
  port: number,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return (
    `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n${lines.join('')}` +
    `content-length: ${Buffer.byteLength(body)}${END_OF_HEAD}${body}`
  );
}
