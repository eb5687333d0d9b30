import type { Target } from '@signalbox/api/contract';
import { useParams } from 'react-router';
import type { WithEtag } from '../../api/base-api.ts';
import { problemOf } from '../../api/problem.ts';
import { useGetTargetQuery, useUpdateTargetMutation } from '../../api/targets.ts';
import { useEditForm } from '../../api/use-edit-form.ts';
import { paths } from '../../lib/paths.ts';
import { ResourceBadge } from '../../ui/Badge/StateBadge.tsx';
import { ButtonLink } from '../../ui/Button/Button.tsx';
import { Card } from '../../ui/Card/Card.tsx';
import { Id } from '../../ui/Code/Id.tsx';
import { Columns } from '../../ui/Columns/Columns.tsx';
import { EditForm } from '../../ui/Form/EditForm.tsx';
import { Page } from '../../ui/Page/Page.tsx';
import { Problem } from '../../ui/Problem/Problem.tsx';
import { SkeletonLines } from '../../ui/Skeleton/Skeleton.tsx';
import { Stack } from '../../ui/Stack/Stack.tsx';
import { DeleteTarget } from './DeleteTarget.tsx';
import { targetChange, targetToForm } from './target-form.ts';
import { TargetFields } from './TargetFields.tsx';
import { TargetHealthCard } from './TargetHealthCard.tsx';
import { TargetSecret } from './TargetSecret.tsx';
import { TargetSwitch } from './TargetSwitch.tsx';
import { TestDelivery } from './TestDelivery.tsx';

const PARENT = { to: paths.targets, label: 'Targets' };

export function TargetPage() {
  const { id = '' } = useParams();
  const { currentData: target, error } = useGetTargetQuery(id);
  const problem = problemOf(error);
  return (
    <Page
      title={target?.name ?? 'Target'}
      parent={PARENT}
      meta={
        target !== undefined && (
          <>
            <ResourceBadge state={target.state} />
            <Id id={target.id} />
          </>
        )
      }
      actions={
        <>
          <ButtonLink to={paths.deliveriesOf({ targetId: id })}>Its deliveries</ButtonLink>
          {target !== undefined && (
            <>
              <TargetSwitch target={target} />
              <DeleteTarget target={target} />
            </>
          )}
        </>
      }
    >
      {problem !== null && <Problem problem={problem} />}
      <Columns second={1.3}>
        <Stack>
          <TargetHealthCard targetId={id} stateReason={target?.stateReason ?? null} />
          <Card title="Test delivery">
            <TestDelivery targetId={id} />
          </Card>
          {target !== undefined && <TargetSecret target={target} />}
        </Stack>
        <Card title="Settings">
          {target === undefined ? (
            <SkeletonLines lines={8} label="Reading the target" />
          ) : (
            <TargetSettings key={target.id} target={target} />
          )}
        </Card>
      </Columns>
    </Page>
  );
}

function TargetSettings({ target }: { target: WithEtag<Target> }) {
  const { fields, frame } = useEditForm(
    target,
    targetToForm,
    targetChange,
    useUpdateTargetMutation(),
  );
  return (
    <EditForm label="Settings of the target" {...frame}>
      <TargetFields
        {...fields}
        hasSecret={target.auth.type === fields.form.authType}
        storedTls={target.tls}
      />
    </EditForm>
  );
}
