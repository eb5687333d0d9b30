import { useNavigate, useParams } from 'react-router';
import { problemOf } from '../../api/problem.ts';
import { useRefusal } from '../../api/roles.ts';
import { useDeleteUserMutation, useGetUserQuery } from '../../api/users.ts';
import { paths } from '../../lib/paths.ts';
import { ResourceBadge } from '../../ui/Badge/StateBadge.tsx';
import { ButtonLink } from '../../ui/Button/Button.tsx';
import { Card } from '../../ui/Card/Card.tsx';
import { Id } from '../../ui/Code/Id.tsx';
import { DeleteButton } from '../../ui/Dialog/DeleteButton.tsx';
import { Page } from '../../ui/Page/Page.tsx';
import { Problem } from '../../ui/Problem/Problem.tsx';
import { Refused } from '../../ui/Refused/Refused.tsx';
import { SkeletonLines } from '../../ui/Skeleton/Skeleton.tsx';
import { UserSettings } from './UserSettings.tsx';

export function UserPage() {
  const { id = '' } = useParams();
  const refusal = useRefusal('admin');
  const { currentData: user, error } = useGetUserQuery(id, { skip: refusal !== null });
  const [remove, removing] = useDeleteUserMutation();
  const navigate = useNavigate();
  if (refusal !== null) return <Refused title="User" refusal={refusal} />;
  const problem = problemOf(error);
  async function confirm(etag: string | null): Promise<void> {
    const answer = await remove({ id, etag });
    if (answer.error === undefined) await navigate(paths.users);
  }
  return (
    <Page
      title={user?.name ?? 'User'}
      parent={{ to: paths.users, label: 'Users' }}
      isNarrow
      meta={
        user !== undefined && (
          <>
            <ResourceBadge state={user.state} />
            <Id id={user.id} />
          </>
        )
      }
      actions={
        user !== undefined && (
          <>
            <ButtonLink to={paths.auditLogOf({ actor: user.id })}>What they did</ButtonLink>
            <DeleteButton
              name={user.name}
              consequence="Their sessions end. What they did stays in the audit log."
              refusal={refusal}
              isBusy={removing.isLoading}
              problem={problemOf(removing.error)}
              onDelete={() => void confirm(user.etag)}
            />
          </>
        )
      }
    >
      {problem !== null && <Problem problem={problem} />}
      <Card title="Account">
        {user === undefined ? (
          <SkeletonLines lines={5} label="Reading the user" />
        ) : (
          <UserSettings key={user.id} user={user} />
        )}
      </Card>
    </Page>
  );
}
