import { createHmac } from 'node:crypto';
import { Agent, request } from 'undici';

const CONNECTIONS = 64;

export type Send = (id: string, body: string) => Promise<void>;

/**
 * POSTs a body with an HMAC-SHA256 signature over `{id}.{timestamp}.{body}`, on at most 64 connections. Throws
 * unless the answer is 2xx. No check of the address, nothing kept of the answer.
 */
export function createSender(targetUrl: string, signingSecret: string): Send {
  const dispatcher = new Agent({ connections: CONNECTIONS, pipelining: 1 });
  const key = Buffer.from(signingSecret);
  return async (id, body) => {
    const timestamp = Math.floor(Date.now() / 1000);
    const signature = createHmac('sha256', key)
      .update(`${id}.${timestamp}.${body}`)
      .digest('base64');
    const answer = await request(targetUrl, {
      method: 'POST',
      dispatcher,
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': `v1,${signature}`,
      },
      body,
    });
    await answer.body.dump();
    if (answer.statusCode < 200 || answer.statusCode > 299) {
      throw new Error(`the target answered ${answer.statusCode}`);
    }
  };
}
