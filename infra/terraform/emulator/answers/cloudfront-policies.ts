import { randomUUID } from 'node:crypto';
import { type Answer, type Handlers, xml } from '../call.ts';
import { element } from '../xml-parts.ts';
import { lastPart, missing, newVersion } from './cloudfront.ts';

interface Stored {
  id: string;
  version: string;
  config: string;
}

export interface HeadersPolicies {
  handlers: Handlers;
  has(id: string): boolean;
}

/** Policies of response headers, each kept and given back as it was sent. */
export function headersPolicies(): HeadersPolicies {
  const policies = new Map<string, Stored>();

  function answer({ id, version, config }: Stored, status = 200): Answer {
    const body =
      `<ResponseHeadersPolicy><Id>${id}</Id>` +
      `<LastModifiedTime>2026-01-01T00:00:00Z</LastModifiedTime>${config}</ResponseHeadersPolicy>`;
    return xml(body, status, { etag: version });
  }

  function write(id: string, body: Buffer): Stored {
    const config = element(body.toString('utf8'), 'ResponseHeadersPolicyConfig') ?? '';
    const stored = { id, version: newVersion(), config };
    policies.set(id, stored);
    return stored;
  }

  return {
    has: (id) => policies.has(id),
    handlers: {
      'cloudfront:CreateResponseHeadersPolicy': (call) =>
        answer(write(randomUUID(), call.body), 201),
      'cloudfront:GetResponseHeadersPolicy': (call) => {
        const stored = policies.get(lastPart(call.path));
        return stored ? answer(stored) : missing('ResponseHeadersPolicy');
      },
      'cloudfront:UpdateResponseHeadersPolicy': (call) => {
        const id = lastPart(call.path);
        if (!policies.has(id)) return missing('ResponseHeadersPolicy');
        return answer(write(id, call.body));
      },
      'cloudfront:DeleteResponseHeadersPolicy': (call) =>
        policies.delete(lastPart(call.path)) ? xml('', 204) : missing('ResponseHeadersPolicy'),
    },
  };
}
