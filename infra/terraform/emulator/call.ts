import type { IncomingHttpHeaders } from 'node:http';

/** One request to AWS, as far as it says what is wanted. */
export interface Call {
  /** The name that the request is signed for, such as `ec2`, `monitoring` or `s3`. */
  service: string;
  region: string;
  /** Who asks: the id of the key that the request is signed with. */
  caller: string;
  /** As the service's reference calls it, such as `DescribeInstances`. */
  action: string;
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface Answer {
  status: number;
  headers: Record<string, string | string[]>;
  body: Buffer | string;
}

/** Answers a call, or passes it to moto by `forward` and changes what comes back. */
export type Handler = (
  call: Call,
  forward: (call: Call) => Promise<Answer>,
) => Promise<Answer> | Answer;

/** By `service:Action`. */
export type Handlers = Record<string, Handler>;

export const ACCOUNT_ID = '123456789012';

export function xml(body: string, status = 200, headers: Record<string, string> = {}): Answer {
  return { status, headers: { 'content-type': 'text/xml', ...headers }, body };
}

export function json(value: unknown, status = 200): Answer {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify(value),
  };
}

/** The answer of a service of the query kind. */
export function queryAnswer(action: string, result: string): Answer {
  return xml(
    `<${action}Response><${action}Result>${result}</${action}Result>` +
      `<ResponseMetadata><RequestId>emulator</RequestId></ResponseMetadata></${action}Response>`,
  );
}

/** The parameters of a call of the query kind. */
export function form(call: Call): URLSearchParams {
  return new URLSearchParams(call.body.toString('utf8'));
}

/** The same answer with another text. */
export function withText(answer: Answer, change: (text: string) => string): Answer {
  return { ...answer, body: change(answer.body.toString('utf8')) };
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The same call with another body. */
export function withBody(call: Call, text: string): Call {
  const body = Buffer.from(text);
  const headers: IncomingHttpHeaders = { ...call.headers, 'content-length': String(body.length) };
  // It was the checksum of the body that came.
  delete headers['content-md5'];
  return { ...call, headers, body };
}
