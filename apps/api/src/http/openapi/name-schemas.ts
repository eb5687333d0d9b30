import { z } from 'zod';
import * as contract from '../../contract/index.ts';
import type { Route } from '../define-route.ts';

export type JsonSchema = Record<string, unknown>;

/** The named schemas of the document, and how a schema is referred to. */
export interface NamedSchemas {
  components: Record<string, JsonSchema>;
  /** A reference where the schema has a name, else the schema itself. */
  refer(schema: z.ZodType, io: 'input' | 'output'): JsonSchema;
}

/** Gives every schema that the contract exports, and that a route uses, its name. */
export function nameSchemas(routes: readonly Route[]): NamedSchemas {
  const names = new Map<unknown, string>(
    Object.entries(contract)
      .filter(([, value]) => value instanceof z.ZodType)
      .map(([name, schema]) => [schema, name]),
  );
  const components: Record<string, JsonSchema> = {};
  const print = (schema: z.ZodType, io: 'input' | 'output'): JsonSchema =>
    withoutDialect(
      z.toJSONSchema(schema, {
        io,
        unrepresentable: 'any',
        override: io === 'output' ? allowMore : keep,
      }),
    );
  const refer = (schema: z.ZodType, io: 'input' | 'output'): JsonSchema => {
    const name = names.get(schema);
    if (name === undefined) return print(schema, io);
    components[name] ??= print(schema, io);
    return { $ref: `#/components/schemas/${name}` };
  };
  refer(contract.Problem, 'output');
  for (const { body, answer, otherAnswers = {} } of routes) {
    if (body) refer(body, 'input');
    if (answer) refer(answer, 'output');
    for (const other of Object.values(otherAnswers)) refer(other, 'output');
  }
  return { components, refer };
}

// Answers may gain members; a client must not refuse them.
function allowMore({ jsonSchema }: { jsonSchema: JsonSchema }): void {
  if (jsonSchema['additionalProperties'] === false) delete jsonSchema['additionalProperties'];
}

function keep(): void {
  // Bodies are printed as they are.
}

function withoutDialect(schema: object): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => name !== '$schema'));
}
