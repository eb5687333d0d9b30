import { useState } from 'react';
import { useNavigate } from 'react-router';
import { problemOf } from '../../api/problem.ts';
import { useRefusal } from '../../api/roles.ts';
import { useCreateUserMutation } from '../../api/users.ts';
import { faultFinder } from '../../lib/fault-of.ts';
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

export function NewUser() {
  const [form, setForm] = useState(EMPTY);
  const [create, { isLoading, error }] = useCreateUserMutation();
  const navigate = useNavigate();
  const refusal = useRefusal('admin');
  const problem = problemOf(error);
  const field = fieldsOf({ form, onChange: setForm, faultOf: faultFinder(problem) });
  async function submit(): Promise<void> {
    const { data } = await create({ ...form, email: form.email.trim(), name: form.name.trim() });
    if (data !== undefined) await navigate(paths.users);
  }
  return (
    <FormPage
      title="New user"
      parent={{ to: paths.users, label: 'Users' }}
      submitLabel="Create user"
      isBusy={isLoading}
      problem={problem}
      refusal={refusal}
      onSubmit={() => void submit()}
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
