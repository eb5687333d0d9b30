import { useNavigate } from 'react-router';
import { useCreateAlertRuleMutation } from '../../api/alerts.ts';
import { useNewForm } from '../../api/use-new-form.ts';
import { paths } from '../../lib/paths.ts';
import { FormPage } from '../../ui/Form/FormPage.tsx';
import { EMPTY_RULE, formToRule } from './rule-form.ts';
import { RuleFields } from './RuleFields.tsx';

export function NewAlertRule() {
  const navigate = useNavigate();
  const { fields, frame } = useNewForm(EMPTY_RULE, formToRule, useCreateAlertRuleMutation(), () =>
    navigate(paths.alertRules),
  );
  return (
    <FormPage
      title="New alert rule"
      parent={{ to: paths.alertRules, label: 'Alert rules' }}
      submitLabel="Create rule"
      {...frame}
    >
      <RuleFields {...fields} />
    </FormPage>
  );
}
