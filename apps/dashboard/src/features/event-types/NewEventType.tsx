import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useCreateEventTypeMutation } from '../../api/event-types.ts';
import { problemOf } from '../../api/problem.ts';
import { useRefusal } from '../../api/roles.ts';
import { faultFinder } from '../../lib/fault-of.ts';
import { paths } from '../../lib/paths.ts';
import { Card } from '../../ui/Card/Card.tsx';
import { TextField } from '../../ui/Field/Field.tsx';
import { Form } from '../../ui/Form/Form.tsx';
import { Page } from '../../ui/Page/Page.tsx';

export function NewEventType() {
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [create, { isLoading, error }] = useCreateEventTypeMutation();
  const navigate = useNavigate();
  const refusal = useRefusal('admin');
  const problem = problemOf(error);
  const faultOf = faultFinder(problem);
  async function submit(): Promise<void> {
    const { data } = await create({ name: name.trim(), description: description.trim() });
    if (data !== undefined) await navigate(paths.eventType(data.name));
  }
  return (
    <Page title="New event type" parent={{ to: paths.eventTypes, label: 'Event types' }} isNarrow>
      <Card>
        <Form
          label="New event type"
          submitLabel="Create event type"
          cancelTo={paths.eventTypes}
          isBusy={isLoading}
          problem={problem}
          refusal={refusal}
          onSubmit={() => void submit()}
        >
          <TextField
            label="Name"
            hint="As events carry it in type."
            placeholder="order.created"
            value={name}
            onChange={setName}
            fault={faultOf('/name')}
            isRequired
          />
          <TextField
            label="Description"
            placeholder="A customer has ordered."
            value={description}
            onChange={setDescription}
            fault={faultOf('/description')}
          />
        </Form>
      </Card>
    </Page>
  );
}
