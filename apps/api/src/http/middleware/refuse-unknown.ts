import type { RequestHandler } from 'express';
import { GatewayError } from '../../domain/errors.ts';
import type { Route } from '../define-route.ts';

/** Answers what no route took: 405 with `Allow` where the path is known under another method, 404 otherwise. */
export function createRefuseUnknown(routes: readonly Route[]): RequestHandler {
  const known = [...Map.groupBy(routes, (route) => route.path)].map(([path, lines]) => ({
    pattern: patternOf(path),
    allow: allowOf(lines.map((line) => line.method)),
  }));
  return (request, response) => {
    const match = known.find(({ pattern }) => pattern.test(request.exchange.path));
    if (!match)
      throw new GatewayError(
        'not_found',
        'There is nothing at this path; /openapi.json lists what there is.',
      );
    response.setHeader('allow', match.allow);
    if (request.method === 'OPTIONS') {
      response.status(204).end();
      return;
    }
    throw new GatewayError(
      'method_not_allowed',
      `${request.method} is not possible here; use ${match.allow}.`,
    );
  };
}

function patternOf(path: string): RegExp {
  const escaped = path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+');
  return new RegExp(`^${escaped}/?$`);
}

function allowOf(methods: readonly string[]): string {
  const all = methods.includes('GET') ? ['HEAD', ...methods] : methods;
  return [...all, 'OPTIONS'].sort().join(', ');
}
