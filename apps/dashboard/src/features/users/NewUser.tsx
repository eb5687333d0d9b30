import { useNavigate } from 'react-router';
import { useNewForm } from '../../api/use-new-form.ts';
import { useCreateUserMutation } from '../../api/users.ts';
import { fieldsOf } from '../../lib/fields-of.ts';
import { paths } from '../../lib/paths.ts';
import { FieldRow, SelectField, TextField } from '../../ui/Field/Field.tsx';
import { FormPage } from '../../ui/Form/FormPage.tsx';
import { ROLE_OPTIONS, type Role } from './user-roles.ts';

const EMPTY: { email: string; name: string; role: Role; password: string } = {
  email: '',
  name: '',
  role: 'operator',
  password: '',
};

const toBody = (form: typeof EMPTY) => ({
  ...form,
  email: form.email.trim(),
  name: form.name.trim(),
});

export function NewUser() {
  const navigate = useNavigate();
  const { fields, frame } = useNewForm(EMPTY, toBody, useCreateUserMutation(), () =>
    navigate(paths.users),
  );
  const field = fieldsOf(fields);
  return (
    <FormPage
      title="New user"
      parent={{ to: paths.users, label: 'Users' }}
      submitLabel="Create user"
      {...frame}
    >
      <FieldRow>
        <TextField label="Name" placeholder="Grace" {...field('name')} isRequired />
        <TextField
          label="E-mail"
          type="email"
          placeholder="grace@example.com"
          {...field('email')}
          isRequired
        />
      </FieldRow>
      <FieldRow>
        <SelectField label="Role" {...field('role')} options={ROLE_OPTIONS} />
        <TextField
          label="First password"
          hint="At least 12 characters. Ask them to change it under Settings."
          type="password"
          autoComplete="new-password"
          {...field('password')}
          isRequired
        />
      </FieldRow>
    </FormPage>
  );
}
