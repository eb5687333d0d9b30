import { PROBLEMS } from '../problem.ts';
import type { Route } from '../define-route.ts';
import { describeQuery } from './describe-query.ts';
import type { JsonSchema, NamedSchemas } from './name-schemas.ts';

const EVENT_TYPES = [
  'application/json',
  'application/cloudevents+json',
  'application/cloudevents-batch+json',
];

/** One operation of the document. */
export function describeRoute(route: Route, schemas: NamedSchemas): JsonSchema {
  const { method, path, tag, summary, description, access } = route;
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  return {
    operationId: operationId(method, path),
    tags: [tag],
    summary,
    description: [description, accessSentence(route)].filter(Boolean).join('\n\n'),
    security: securityOf(access),
    parameters: [
      ...names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
      ...describeQuery(route.query),
      ...headerParameters(route),
    ],
    ...requestBodyOf(route, schemas),
    responses: { ...successOf(route, schemas), ...failuresOf(route) },
  };
}

function operationId(method: string, path: string): string {
  const words = path.split(/[/{}.]+/).filter((word) => word !== '' && word !== 'v1');
  const camel = words.join('-').replace(/-(\w)/g, (_match, letter: string) => letter.toUpperCase());
  return `${method.toLowerCase()}${camel.charAt(0).toUpperCase()}${camel.slice(1)}`;
}

function accessSentence({ access, openToLoopback }: Route): string {
  if (access === 'public') return 'Open to all.';
  if (access === 'source') return "Needs a source's key or token.";
  const loopback = openToLoopback ? ' Open to clients on the same machine.' : '';
  return `Needs the role ${access}.${loopback}`;
}

function securityOf(access: Route['access']): JsonSchema[] {
  if (access === 'public') return [];
  return access === 'source' ? [{ sourceKey: [] }, { sourceToken: [] }] : [{ userToken: [] }];
}

function headerParameters({ idempotent, method }: Route): JsonSchema[] {
  const header = (name: string, description: string): JsonSchema => ({
    name,
    in: 'header',
    required: false,
    description,
    schema: { type: 'string' },
  });
  return [
    ...(idempotent
      ? [header('Idempotency-Key', 'The same key and body get the same answer, for 24 hours.')]
      : []),
    ...(method === 'PATCH' || method === 'DELETE'
      ? [header('If-Match', 'The ETag that was read; 412 when somebody changed it meanwhile.')]
      : []),
  ];
}

function requestBodyOf(
  { bodyKind, body, path, example }: Route,
  schemas: NamedSchemas,
): { requestBody?: JsonSchema } {
  if (!body || bodyKind === 'none') return {};
  const examples = example === undefined ? {} : { example };
  if (bodyKind === 'raw') {
    const types = path === '/v1/events' ? EVENT_TYPES : ['*/*'];
    const content = types.map((type, index) => [
      type,
      { schema: {}, ...(index === 0 ? examples : {}) },
    ]);
    return { requestBody: { required: true, content: Object.fromEntries(content) as JsonSchema } };
  }
  const type = bodyKind === 'form' ? 'application/x-www-form-urlencoded' : 'application/json';
  const schema = schemas.refer(body, 'input');
  return { requestBody: { required: true, content: { [type]: { schema, ...examples } } } };
}

function successOf(route: Route, schemas: NamedSchemas): JsonSchema {
  const { status, answer, answerType, otherAnswers = {} } = route;
  const type = answerType ?? 'application/json';
  const content = (schema: JsonSchema): JsonSchema => ({ content: { [type]: { schema } } });
  const main = answer
    ? content(schemas.refer(answer, 'output'))
    : answerType === undefined
      ? {}
      : content({ type: 'string' });
  const others = Object.entries(otherAnswers).map(([other, schema]) => [
    other,
    { description: 'See the description.', ...content(schemas.refer(schema, 'output')) },
  ]);
  return {
    [status]: { description: status === 204 ? 'Done.' : 'Success.', ...main },
    ...(Object.fromEntries(others) as JsonSchema),
  };
}

/** The problems that a route can answer with. */
function failuresOf(route: Route): JsonSchema {
  const statuses = new Set([400, 404, 429, 500, 503]);
  if (route.access !== 'public') statuses.add(401).add(403);
  if (route.bodyKind !== 'none') statuses.add(413).add(415).add(422);
  if (route.method === 'PATCH' || route.method === 'DELETE') statuses.add(409).add(412);
  if (route.method === 'POST') statuses.add(401).add(409).add(422);
  for (const taken of Object.keys(route.otherAnswers ?? {})) statuses.delete(Number(taken));
  const known = [...new Set(Object.values(PROBLEMS).map(({ status }) => status))];
  return Object.fromEntries(
    known
      .filter((status) => statuses.has(status))
      .map((status) => [status, { $ref: `#/components/responses/Problem${status}` }]),
  );
}
