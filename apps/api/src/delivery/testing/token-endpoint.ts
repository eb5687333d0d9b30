import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request for a token as the endpoint got it. */
export interface TokenRequest {
  headers: IncomingHttpHeaders;
  form: Record<string, string>;
}

/** Writes an answer; `count` is 1 for the first request. */
type AnswerToken = (response: ServerResponse, count: number) => void;

/** Answers with a token of its own to each request: `token-1`, `token-2` … */
export function giveToken(expiresInSeconds: number | null = 3600): AnswerToken {
  return (response, count) => {
    const expiry = expiresInSeconds === null ? {} : { expires_in: expiresInSeconds };
    const answer = { access_token: `token-${count}`, token_type: 'Bearer', ...expiry };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answer));
  };
}

/** Refuses in the form of RFC 6749, section 5.2. */
export function refuseToken(status: number, error: string, description?: string): AnswerToken {
  return (response) => {
    response.statusCode = status;
    response.end(JSON.stringify({ error, error_description: description }));
  };
}

/** A real OAuth 2.0 token endpoint on loopback; `answer` may be changed at any time. */
export async function startTokenEndpoint(answer: AnswerToken = giveToken()) {
  const requests: TokenRequest[] = [];
  const endpoint = { answer };
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const form = Object.fromEntries(new URLSearchParams(body));
      requests.push({ headers: request.headers, form });
      endpoint.answer(response, requests.length);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(endpoint, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/oauth/token`,
    requests,
    async close(): Promise<void> {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  });
}
