import type { IncomingMessage } from 'node:http';
import type { Call } from './call.ts';
import { findRestAction } from './find-rest-action.ts';

/** Says which service and action a request means: from its signature, and from what its kind of protocol has for that. */
export function identifyCall(request: IncomingMessage, body: Buffer): Call {
  const url = new URL(request.url ?? '/', 'http://emulator');
  const scope = /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\//.exec(
    request.headers.authorization ?? '',
  );
  const call = {
    caller: scope?.[1] ?? 'unsigned',
    region: scope?.[2] ?? 'unknown',
    service: scope?.[3] ?? 'unsigned',
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body,
  };
  return { ...call, action: findAction(call) };
}

function findAction(call: Omit<Call, 'action'>): string {
  const target = call.headers['x-amz-target'];
  if (typeof target === 'string') return target.split('.').at(-1) ?? target;
  const operation = /\/service\/\w+\/operation\/(\w+)$/.exec(call.path)?.[1];
  if (operation !== undefined) return operation;
  if (call.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    const action = new URLSearchParams(call.body.toString('utf8')).get('Action');
    if (action !== null) return action;
  }
  return findRestAction(call) ?? `${call.method} ${call.path}`;
}
