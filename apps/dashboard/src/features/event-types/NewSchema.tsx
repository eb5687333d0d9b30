import type { Event, EventType } from '@signalbox/api/contract';
import { useState } from 'react';
import { useCreateEventSchemaMutation } from '../../api/event-types.ts';
import { problemOf } from '../../api/problem.ts';
import { useRefusal } from '../../api/roles.ts';
import { faultFinder } from '../../lib/fault-of.ts';
import { readJson } from '../../lib/read-json.ts';
import { schemaOf } from '../../lib/schema-of.ts';
import { useDebounced } from '../../lib/use-debounced.ts';
import { Card } from '../../ui/Card/Card.tsx';
import { TextArea } from '../../ui/Field/Field.tsx';
import { Form } from '../../ui/Form/Form.tsx';
import { SchemaCheck } from './SchemaCheck.tsx';

const TYPING_PAUSE_MS = 400;
type Schema = Record<string, unknown> | boolean;

/** Begins with the newest version, or with what the newest events look like. */
function firstText(type: EventType, samples: readonly Event[]): string {
  const newest = type.schemas.at(-1);
  const schema =
    newest === undefined ? schemaOf(samples.map((event) => event.data ?? {})) : newest.schema;
  return JSON.stringify(schema, null, 2);
}

/** The next version of the schema, with what it would refuse before it is saved. */
export function NewSchema(props: { type: EventType; samples: readonly Event[] }) {
  const { type, samples } = props;
  const [text, setText] = useState(() => firstText(type, samples));
  const [create, { isLoading, error }] = useCreateEventSchemaMutation();
  const refusal = useRefusal('admin');
  const settled = useDebounced(text, TYPING_PAUSE_MS);
  // What is saved is the text as it stands; what is said of it waits until the typing pauses.
  const current = readJson(text);
  const read = readJson(settled);
  const problem = problemOf(error);
  const newest = type.schemas.at(-1);
  const isNewest = (schema: unknown) =>
    JSON.stringify(schema) === JSON.stringify(newest?.schema ?? null);
  const notReady =
    'fault' in current
      ? 'The schema is not JSON yet.'
      : isNewest(current.value)
        ? 'Nothing has changed.'
        : null;
  return (
    <Card title={`Add version ${String((newest?.version ?? 0) + 1)}`}>
      <Form
        label="New version of the schema"
        submitLabel="Add version"
        isBusy={isLoading}
        problem={problem}
        refusal={refusal ?? notReady}
        onSubmit={() => {
          if ('value' in current) {
            void create({ name: type.name, body: { schema: current.value as Schema } });
          }
        }}
      >
        <TextArea
          label="JSON Schema"
          hint="Draft 2020-12, of the payload."
          rows={14}
          isCode
          value={text}
          onChange={setText}
          fault={'fault' in read ? read.fault : faultFinder(problem)('/schema')}
        />
        {'value' in read && !isNewest(read.value) && (
          <SchemaCheck
            name={type.name}
            schema={read.value as Schema}
            against={newest?.version ?? null}
          />
        )}
      </Form>
    </Card>
  );
}
