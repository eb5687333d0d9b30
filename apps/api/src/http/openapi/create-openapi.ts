import type { Route } from '../define-route.ts';
import { PROBLEMS } from '../problem.ts';
import { describeRoute } from './describe-route.ts';
import { nameSchemas, type JsonSchema } from './name-schemas.ts';

/** The OpenAPI 3.1 document of the table. */
export function createOpenApi(
  routes: readonly Route[],
  { version }: { version: string },
): JsonSchema {
  const schemas = nameSchemas(routes);
  const paths: Record<string, JsonSchema> = {};
  for (const route of routes) {
    const item = (paths[route.path] ??= {});
    item[route.method.toLowerCase()] = describeRoute(route, schemas);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Signalbox',
      version,
      description:
        'An event gateway: takes events in, keeps them, routes, transforms and delivers them. ' +
        'Errors are problem+json (RFC 9457); every answer carries X-Request-Id.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: schemas.components,
      responses: problemResponses(),
      securitySchemes: SECURITY_SCHEMES,
    },
  };
}

const SECURITY_SCHEMES = {
  userToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: "A user's access token, from POST /v1/auth/login.",
  },
  sourceKey: {
    type: 'http',
    scheme: 'bearer',
    description: "A source's key (sbk_…), from POST /v1/sources/{sourceId}/keys.",
  },
  sourceToken: {
    type: 'oauth2',
    description: "An access token bought with a source's key.",
    flows: {
      clientCredentials: { tokenUrl: '/oauth/token', scopes: { 'events:write': 'Send events' } },
    },
  },
};

/** One response for each status, with its codes and an example. */
function problemResponses(): JsonSchema {
  const byStatus = Map.groupBy(Object.entries(PROBLEMS), ([, { status }]) => status);
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [`Problem${status}`, problemResponse(status, codes)]),
  );
}

function problemResponse(
  status: number,
  codes: readonly (readonly [string, { title: string }])[],
): JsonSchema {
  const examples = codes.map(([code, { title }]) => [
    code,
    {
      value: {
        type: `/docs/problems#${code}`,
        title,
        status,
        detail: `${title}.`,
        instance: 'req_01hf7yat00c5q3w1k8m2n4p6r9',
        code,
      },
    },
  ]);
  return {
    description: codes.map(([code, { title }]) => `\`${code}\`: ${title}`).join('; '),
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/Problem' },
        examples: Object.fromEntries(examples) as JsonSchema,
      },
    },
  };
}
