import { request as requestPlain, type ClientRequest, type RequestOptions } from 'node:http';
import { request as requestByTls } from 'node:https';

/** A request of `node:http`, by TLS where the URL says so. */
export function sendRequest(url: string, options: RequestOptions): ClientRequest {
  return url.startsWith('https:') ? requestByTls(url, options) : requestPlain(url, options);
}
