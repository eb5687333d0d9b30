import type { Event, EventType } from '@signalbox/api/contract';
import { useState } from 'react';
import { useTestEventSchemaQuery } from '../../api/event-types.ts';
import { problemOf } from '../../api/problem.ts';
import { readJson } from '../../lib/read-json.ts';
import { useDebounced } from '../../lib/use-debounced.ts';
import { Badge } from '../../ui/Badge/Badge.tsx';
import { Card } from '../../ui/Card/Card.tsx';
import { TextArea } from '../../ui/Field/Field.tsx';
import { IconAlert, IconCheck } from '../../ui/icons.ts';
import { Muted } from '../../ui/Muted/Muted.tsx';
import { Problem } from '../../ui/Problem/Problem.tsx';
import { Stack } from '../../ui/Stack/Stack.tsx';
import { FaultList } from './FaultList.tsx';
import styles from './EventTypes.module.css';

const TYPING_PAUSE_MS = 300;

/** A payload, by default that of the newest event, held to the newest schema while one types. */
export function ValidatePayload(props: { type: EventType; sample: Event | undefined }) {
  const { type, sample } = props;
  const [text, setText] = useState(() => JSON.stringify(sample?.data ?? {}, null, 2));
  const settled = useDebounced(text, TYPING_PAUSE_MS);
  const payload = readJson(settled);
  const newest = type.schemas.at(-1);
  return (
    <Card
      title="Validate a payload"
      actions={sample !== undefined && 'begins with the newest event'}
    >
      <Stack>
        <TextArea
          label="Payload"
          rows={12}
          isCode
          value={text}
          onChange={setText}
          fault={'fault' in payload ? payload.fault : undefined}
        />
        <div className={styles.result} role="status">
          {newest === undefined ? (
            <Muted>There is no schema to hold it to.</Muted>
          ) : (
            'value' in payload && (
              <Verdict name={type.name} schema={newest.schema} data={payload.value} />
            )
          )}
        </div>
      </Stack>
    </Card>
  );
}

function Verdict(props: { name: string; schema: unknown; data: unknown }) {
  const schema = props.schema as Record<string, unknown> | boolean;
  const { currentData, error } = useTestEventSchemaQuery({
    name: props.name,
    body: { schema, data: props.data, limit: 0 },
  });
  const problem = problemOf(error);
  if (problem !== null) return <Problem problem={problem} />;
  const faults = currentData?.errors;
  if (faults === undefined || faults === null) return null;
  return faults.length === 0 ? (
    <Badge tone="good" icon={<IconCheck />}>
      Fits the schema
    </Badge>
  ) : (
    <>
      <Badge tone="bad" icon={<IconAlert />}>
        Does not fit the schema
      </Badge>
      <FaultList label="What does not fit" faults={faults} />
    </>
  );
}
