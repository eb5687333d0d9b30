import { ACCOUNT_ID, type Answer, type Handlers, xml } from '../call.ts';
import { element, elementText } from '../xml-parts.ts';
import { missing, newVersion, problem } from './cloudfront.ts';

interface Version {
  version: string;
  config: string;
  code: Buffer;
}

interface Stored {
  DEVELOPMENT: Version;
  LIVE?: Version;
}

export interface Functions {
  handlers: Handlers;
  isLive(arn: string): boolean;
}

const arnOf = (name: string): string => `arn:aws:cloudfront::${ACCOUNT_ID}:function/${name}`;
const nameIn = (path: string): string => path.split('/')[3] ?? '';

/** Functions at the edge: what is being worked on, and what was published of it. They are kept, not run. */
export function edgeFunctions(): Functions {
  const functions = new Map<string, Stored>();

  function summary(name: string, stage: keyof Stored, status = 200): Answer {
    const stored = functions.get(name)?.[stage];
    if (!stored) return missing('FunctionExists');
    const state = functions.get(name)?.LIVE ? 'UNASSOCIATED' : 'UNPUBLISHED';
    const body =
      `<FunctionSummary><Name>${name}</Name><Status>${state}</Status>${stored.config}` +
      `<FunctionMetadata><FunctionARN>${arnOf(name)}</FunctionARN><Stage>${stage}</Stage>` +
      `<CreatedTime>2026-01-01T00:00:00Z</CreatedTime><LastModifiedTime>2026-01-01T00:00:00Z</LastModifiedTime>` +
      `</FunctionMetadata></FunctionSummary>`;
    return xml(body, status, { etag: stored.version });
  }

  function write(name: string, body: Buffer): void {
    const text = body.toString('utf8');
    const development = {
      version: newVersion(),
      config: element(text, 'FunctionConfig') ?? '',
      code: Buffer.from(elementText(text, 'FunctionCode') ?? '', 'base64'),
    };
    functions.set(name, { ...functions.get(name), DEVELOPMENT: development });
  }

  const stageOf = (query: URLSearchParams): keyof Stored =>
    query.get('Stage') === 'LIVE' ? 'LIVE' : 'DEVELOPMENT';

  return {
    isLive: (arn) => functions.get(arn.split('/')[1] ?? '')?.LIVE !== undefined,
    handlers: {
      'cloudfront:CreateFunction': (call) => {
        const name = elementText(call.body.toString('utf8'), 'Name') ?? '';
        if (functions.has(name)) return problem('FunctionAlreadyExists', 'The name is taken.', 409);
        write(name, call.body);
        return summary(name, 'DEVELOPMENT', 201);
      },
      'cloudfront:UpdateFunction': (call) => {
        const name = nameIn(call.path);
        if (!functions.has(name)) return missing('FunctionExists');
        write(name, call.body);
        const answer = summary(name, 'DEVELOPMENT');
        return { ...answer, headers: { ...answer.headers, ettag: String(answer.headers['etag']) } };
      },
      'cloudfront:PublishFunction': (call) => {
        const name = nameIn(call.path);
        const stored = functions.get(name);
        if (!stored) return missing('FunctionExists');
        stored.LIVE = stored.DEVELOPMENT;
        return summary(name, 'LIVE');
      },
      'cloudfront:DescribeFunction': (call) => summary(nameIn(call.path), stageOf(call.query)),
      'cloudfront:GetFunction': (call) => {
        const stored = functions.get(nameIn(call.path))?.[stageOf(call.query)];
        if (!stored) return missing('FunctionExists');
        const headers = { etag: stored.version, 'content-type': 'application/octet-stream' };
        return { status: 200, headers, body: stored.code };
      },
      'cloudfront:DeleteFunction': (call) =>
        functions.delete(nameIn(call.path)) ? xml('', 204) : missing('FunctionExists'),
    },
  };
}
