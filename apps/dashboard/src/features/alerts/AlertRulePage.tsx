import type { AlertRule } from '@signalbox/api/contract';
import { useParams } from 'react-router';
import {
  useDeleteAlertRuleMutation,
  useGetAlertRuleQuery,
  useUpdateAlertRuleMutation,
} from '../../api/alerts.ts';
import type { WithEtag } from '../../api/base-api.ts';
import { problemOf } from '../../api/problem.ts';
import { useDelete } from '../../api/use-delete.ts';
import { useEditForm } from '../../api/use-edit-form.ts';
import { paths } from '../../lib/paths.ts';
import { Card } from '../../ui/Card/Card.tsx';
import { DeleteButton } from '../../ui/Dialog/DeleteButton.tsx';
import { EditForm } from '../../ui/Form/EditForm.tsx';
import { Page } from '../../ui/Page/Page.tsx';
import { Problem } from '../../ui/Problem/Problem.tsx';
import { SkeletonLines } from '../../ui/Skeleton/Skeleton.tsx';
import { ruleChange, ruleToForm } from './rule-form.ts';
import { RuleFields } from './RuleFields.tsx';

export function AlertRulePage() {
  const { id = '' } = useParams();
  const { currentData: rule, error } = useGetAlertRuleQuery(id);
  const problem = problemOf(error);
  return (
    <Page
      title={rule?.name ?? 'Alert rule'}
      parent={{ to: paths.alertRules, label: 'Alert rules' }}
      isNarrow
      actions={rule !== undefined && <DeleteRule rule={rule} />}
    >
      {problem !== null && <Problem problem={problem} />}
      <Card>
        {rule === undefined ? (
          <SkeletonLines lines={6} label="Reading the rule" />
        ) : (
          <RuleSettings key={rule.id} rule={rule} />
        )}
      </Card>
    </Page>
  );
}

function DeleteRule({ rule }: { rule: WithEtag<AlertRule> }) {
  const button = useDelete(rule, useDeleteAlertRuleMutation(), paths.alertRules);
  return <DeleteButton {...button} consequence="Its open alerts are resolved." />;
}

function RuleSettings({ rule }: { rule: WithEtag<AlertRule> }) {
  const { fields, frame } = useEditForm(rule, ruleToForm, ruleChange, useUpdateAlertRuleMutation());
  return (
    <EditForm label="Settings of the rule" {...frame}>
      <RuleFields {...fields} />
    </EditForm>
  );
}
