import { useState } from 'react';
import { useDispatch } from 'react-redux';
import { changePassword } from '../../api/change-password.ts';
import type { ApiProblem } from '../../api/problem.ts';
import type { ApiDispatch } from '../../api/store-types.ts';
import { faultFinder } from '../../lib/fault-of.ts';
import { fieldsOf } from '../../lib/fields-of.ts';
import { Card } from '../../ui/Card/Card.tsx';
import { TextField } from '../../ui/Field/Field.tsx';
import { Form } from '../../ui/Form/Form.tsx';
import { Muted } from '../../ui/Muted/Muted.tsx';

const EMPTY = { currentPassword: '', newPassword: '', again: '' };

/** Changes the own password; other sessions end, this one goes on. */
export function OwnPassword() {
  const dispatch = useDispatch<ApiDispatch>();
  const [form, setForm] = useState(EMPTY);
  const [isBusy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<ApiProblem | 'changed' | null>(null);
  const problem = outcome === 'changed' ? null : outcome;
  const field = fieldsOf({ form, onChange: setForm, faultOf: faultFinder(problem) });
  const { again, ...change } = form;
  const differs = again !== '' && again !== form.newPassword;

  async function submit(): Promise<void> {
    setBusy(true);
    const fault = await dispatch(changePassword(change));
    setBusy(false);
    setOutcome(fault ?? 'changed');
    if (fault === null) setForm(EMPTY);
  }
  return (
    <Card title="Password">
      <Form
        label="Own password"
        submitLabel="Change password"
        isBusy={isBusy}
        problem={problem}
        refusal={differs || again === '' ? 'Type the new password twice.' : null}
        onSubmit={() => void submit()}
      >
        <TextField
          label="Current password"
          type="password"
          autoComplete="current-password"
          {...field('currentPassword')}
          isRequired
        />
        <TextField
          label="New password"
          hint="At least 12 characters. All your other sessions end."
          type="password"
          autoComplete="new-password"
          {...field('newPassword')}
          isRequired
        />
        <TextField
          label="New password again"
          type="password"
          autoComplete="new-password"
          {...field('again')}
          fault={differs ? 'It differs from the one above.' : undefined}
          isRequired
        />
        {outcome === 'changed' && <Muted role="status">Your password is changed.</Muted>}
      </Form>
    </Card>
  );
}
