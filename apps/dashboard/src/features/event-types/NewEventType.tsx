import { useNavigate } from 'react-router';
import { useCreateEventTypeMutation } from '../../api/event-types.ts';
import { useNewForm } from '../../api/use-new-form.ts';
import { fieldsOf } from '../../lib/fields-of.ts';
import { paths } from '../../lib/paths.ts';
import { TextField } from '../../ui/Field/Field.tsx';
import { FormPage } from '../../ui/Form/FormPage.tsx';

const EMPTY = { name: '', description: '' };

const toBody = ({ name, description }: typeof EMPTY) => ({
  name: name.trim(),
  description: description.trim(),
});

export function NewEventType() {
  const navigate = useNavigate();
  const { fields, frame } = useNewForm(EMPTY, toBody, useCreateEventTypeMutation(), ({ name }) =>
    navigate(paths.eventType(name)),
  );
  const field = fieldsOf(fields);
  return (
    <FormPage
      title="New event type"
      parent={{ to: paths.eventTypes, label: 'Event types' }}
      submitLabel="Create event type"
      {...frame}
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
