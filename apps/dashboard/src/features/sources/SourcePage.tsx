import type { Source } from '@signalbox/api/contract';
import { useParams } from 'react-router';
import type { WithEtag } from '../../api/base-api.ts';
import { problemOf } from '../../api/problem.ts';
import { useGetSourceQuery, useUpdateSourceMutation } from '../../api/sources.ts';
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
import { DeleteSource } from './DeleteSource.tsx';
import { sourceChange, sourceToForm } from './source-form.ts';
import { SourceFields } from './SourceFields.tsx';
import { SourceKeys } from './SourceKeys.tsx';

const PARENT = { to: paths.sources, label: 'Sources' };

export function SourcePage() {
  const { id = '' } = useParams();
  const { currentData: source, error } = useGetSourceQuery(id);
  const problem = problemOf(error);
  return (
    <Page
      title={source?.name ?? 'Source'}
      parent={PARENT}
      meta={
        source !== undefined && (
          <>
            <ResourceBadge state={source.state} />
            <Id id={source.id} />
          </>
        )
      }
      actions={
        <>
          <ButtonLink to={paths.eventsOf({ sourceId: id })}>Its events</ButtonLink>
          {source !== undefined && <DeleteSource source={source} />}
        </>
      }
    >
      {problem !== null && <Problem problem={problem} />}
      <Columns first={1.3}>
        <SourceKeys sourceId={id} />
        <Card title="Settings">
          {source === undefined ? (
            <SkeletonLines lines={6} label="Reading the source" />
          ) : (
            <SourceSettings key={source.id} source={source} />
          )}
        </Card>
      </Columns>
    </Page>
  );
}

function SourceSettings({ source }: { source: WithEtag<Source> }) {
  const { fields, frame } = useEditForm(
    source,
    sourceToForm,
    sourceChange,
    useUpdateSourceMutation(),
  );
  return (
    <EditForm label="Settings of the source" {...frame}>
      <SourceFields {...fields} withState />
    </EditForm>
  );
}
