import type { User, UserUpdate } from '@signalbox/api/contract';
import type { WithEtag } from '../../api/base-api.ts';
import { useEditForm } from '../../api/use-edit-form.ts';
import { useUpdateUserMutation } from '../../api/users.ts';
import { fieldsOf } from '../../lib/fields-of.ts';
import { FieldRow, ReadOnlyField, SelectField, TextField } from '../../ui/Field/Field.tsx';
import { EditForm } from '../../ui/Form/EditForm.tsx';
import { ROLE_OPTIONS } from './user-roles.ts';

const STATES = [
  ['active', 'Active'],
  ['disabled', 'Disabled: cannot sign in, sessions end'],
] as const;

const toForm = ({ name, role, state }: User) => ({ name, role, state, password: '' });
type UserForm = ReturnType<typeof toForm>;

/** Only what differs from the stored user; an empty password is none. */
function changeOf(form: UserForm, stored: User): UserUpdate {
  return Object.fromEntries(
    Object.entries({ ...form, name: form.name.trim() }).filter(([name, value]) =>
      name === 'password' ? value !== '' : value !== stored[name as 'name' | 'role' | 'state'],
    ),
  );
}

/** Name, role and state of a user, and a new password for them. */
export function UserSettings({ user }: { user: WithEtag<User> }) {
  const { fields, frame } = useEditForm(user, toForm, changeOf, useUpdateUserMutation());
  const field = fieldsOf(fields);
  return (
    <EditForm label="Account of the user" {...frame}>
      <FieldRow>
        <TextField label="Name" {...field('name')} isRequired />
        <ReadOnlyField
          label="E-mail"
          value={user.email}
          hint="For another one, make another user."
        />
      </FieldRow>
      <FieldRow>
        <SelectField label="Role" {...field('role')} options={ROLE_OPTIONS} />
        <SelectField label="State" {...field('state')} options={STATES} />
      </FieldRow>
      <TextField
        label="New password"
        hint="At least 12 characters; ends all their sessions. Empty: as it is."
        type="password"
        autoComplete="new-password"
        {...field('password')}
      />
    </EditForm>
  );
}
