import type { BaseQueryFn } from '@reduxjs/toolkit/query';
import { readProblem, unreachable, type ApiProblem } from './problem.ts';
import { NotRenewed, type TokenHolder } from './token-holder.ts';

export type QueryValue = string | number | boolean | readonly string[] | undefined;
export interface ApiRequest {
  path: string;
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  query?: Readonly<Record<string, QueryValue>>;
  body?: unknown;
  /** The ETag that the change is based on. */
  ifMatch?: string | undefined;
  /** Statuses besides the good ones whose body is the answer. */
  accepts?: readonly number[];
}
export interface ApiMeta {
  etag: string | null;
}
/** What the store passes to every request. */
export interface ApiExtra {
  tokens: TokenHolder;
  fetch: typeof fetch;
}

/** A path with its query; lists become repeated parameters, undefined is left out. */
function toUrl(path: string, query: ApiRequest['query'] = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const item of Array.isArray(value) ? value : [value]) params.append(name, String(item));
  }
  const text = params.toString();
  return text === '' ? path : `${path}?${text}`;
}

function toInit(request: ApiRequest, token: string | null, signal: AbortSignal): RequestInit {
  const headers = new Headers({ Accept: 'application/json' });
  if (token !== null) headers.set('Authorization', `Bearer ${token}`);
  if (request.ifMatch !== undefined) headers.set('If-Match', request.ifMatch);
  const init: RequestInit = { method: request.method ?? 'GET', headers, signal };
  if (request.body !== undefined) {
    headers.set('Content-Type', 'application/json');
    init.body = JSON.stringify(request.body);
  }
  return init;
}

/**
 * A screen starts many queries at once: each in a task of its own lets the browser draw between them. Mutations do not wait: a hidden tab
 * slows timers down, and an export reads page after page.
 */
async function nextTask(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
}

/** Calls the gateway with the session's token; on a 401 renews the session once and tries again. */
export const baseQuery: BaseQueryFn<ApiRequest, unknown, ApiProblem, object, ApiMeta> = async (
  request,
  { signal, extra, type },
) => {
  const { tokens, fetch: fetchImpl } = extra as ApiExtra;
  const url = toUrl(request.path, request.query);
  try {
    if (type === 'query') await nextTask();
    let response = await fetchImpl(url, toInit(request, tokens.accessToken(), signal));
    if (response.status === 401 && (await tokens.refresh()) !== null) {
      response = await fetchImpl(url, toInit(request, tokens.accessToken(), signal));
    }
    if (!response.ok && request.accepts?.includes(response.status) !== true) {
      return { error: await readProblem(response) };
    }
    const text = await response.text();
    const data: unknown = text === '' ? null : JSON.parse(text);
    return { data, meta: { etag: response.headers.get('etag') } };
  } catch (error) {
    return { error: error instanceof NotRenewed ? error.problem : unreachable() };
  }
};
