import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useCreateEventTypeMutation } from '../../api/event-types.ts';
import { problemOf } from '../../api/problem.ts';
import { useRefusal } from '../../api/roles.ts';
import { faultFinder } from '../../lib/fault-of.ts';
import { fieldsOf } from '../../lib/fields-of.ts';
import { paths } from '../../lib/paths.ts';
import { TextField } from '../../ui/Field/Field.tsx';
import { FormPage } from '../../ui/Form/FormPage.tsx';

export function NewEventType() {
  const [form, setForm] = useState({ name: '', description: '' });
  const [create, { isLoading, error }] = useCreateEventTypeMutation();
  const navigate = useNavigate();
  const refusal = useRefusal('admin');
  const problem = problemOf(error);
  const field = fieldsOf({ form, onChange: setForm, faultOf: faultFinder(problem) });
  async function submit(): Promise<void> {
    const { data } = await create({ name: form.name.trim(), description: form.description.trim() });
    if (data !== undefined) await navigate(paths.eventType(data.name));
  }
  return (
    <FormPage
      title="New event type"
      parent={{ to: paths.eventTypes, label: 'Event types' }}
      submitLabel="Create event type"
      isBusy={isLoading}
      problem={problem}
      refusal={refusal}
      onSubmit={() => void submit()}
    >
      <TextField
        label="Name"
        hint="As events carry it in type."
        placeholder="order.created"
        {...field('name')}
        isRequired
      />
      <TextField
        label="Description"
        placeholder="A customer has ordered."
        {...field('description')}
      />
    </FormPage>
  );
}
