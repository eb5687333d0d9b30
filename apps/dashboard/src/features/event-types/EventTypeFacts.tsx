import type { EventType } from '@signalbox/api/contract';
import { useState } from 'react';
import type { WithEtag } from '../../api/base-api.ts';
import { useCreateEventTypeMutation, useUpdateEventTypeMutation } from '../../api/event-types.ts';
import { problemOf } from '../../api/problem.ts';
import { useRefusal } from '../../api/roles.ts';
import { faultFinder } from '../../lib/fault-of.ts';
import { Card } from '../../ui/Card/Card.tsx';
import { Facts } from '../../ui/Facts/Facts.tsx';
import { TextArea } from '../../ui/Field/Field.tsx';
import { Form } from '../../ui/Form/Form.tsx';
import { Time } from '../../ui/Time/Time.tsx';

/** When it was seen, and what it means. */
export function EventTypeFacts({ type }: { type: WithEtag<EventType> }) {
  const [description, setDescription] = useState(type.description);
  const [update, updating] = useUpdateEventTypeMutation();
  const [register, registering] = useCreateEventTypeMutation();
  const refusal = useRefusal('admin');
  const problem = problemOf(updating.error ?? registering.error);
  const text = description.trim();
  const isUnchanged = type.registered && text === type.description;
  async function save(): Promise<void> {
    const { name, etag } = type;
    if (type.registered) await update({ name, etag, change: { description: text } });
    else await register({ name, description: text });
  }
  return (
    <Card title="About">
      <Form
        label="About the event type"
        submitLabel={type.registered ? 'Save' : 'Register'}
        isBusy={updating.isLoading || registering.isLoading}
        problem={problem}
        refusal={refusal ?? (isUnchanged ? 'Nothing has changed.' : null)}
        onSubmit={() => void save()}
      >
        <Facts
          facts={[
            [
              'First seen',
              type.firstSeenAt === null ? 'never' : <Time key="f" at={type.firstSeenAt} />,
            ],
            [
              'Last seen',
              type.lastSeenAt === null ? 'never' : <Time key="l" at={type.lastSeenAt} />,
            ],
          ]}
        />
        <TextArea
          label="Description"
          rows={2}
          value={description}
          onChange={setDescription}
          fault={faultFinder(problem)('/description')}
        />
      </Form>
    </Card>
  );
}
