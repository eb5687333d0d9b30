import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useCreateAlertRuleMutation } from '../../api/alerts.ts';
import { problemOf } from '../../api/problem.ts';
import { useRefusal } from '../../api/roles.ts';
import { faultFinder } from '../../lib/fault-of.ts';
import { paths } from '../../lib/paths.ts';
import { FormPage } from '../../ui/Form/FormPage.tsx';
import { EMPTY_RULE, formToRule } from './rule-form.ts';
import { RuleFields } from './RuleFields.tsx';

export function NewAlertRule() {
  const [form, setForm] = useState(EMPTY_RULE);
  const [create, { isLoading, error }] = useCreateAlertRuleMutation();
  const navigate = useNavigate();
  const refusal = useRefusal('admin');
  const problem = problemOf(error);
  async function submit(): Promise<void> {
    const { data } = await create(formToRule(form));
    if (data !== undefined) await navigate(paths.alertRules);
  }
  return (
    <FormPage
      title="New alert rule"
      parent={{ to: paths.alertRules, label: 'Alert rules' }}
      submitLabel="Create rule"
      isBusy={isLoading}
      problem={problem}
      refusal={refusal}
      onSubmit={() => void submit()}
    >
      <RuleFields form={form} onChange={setForm} faultOf={faultFinder(problem)} />
    </FormPage>
  );
}
