import type { User } from '@signalbox/api/contract';
import { useParams } from 'react-router';
import type { WithEtag } from '../../api/base-api.ts';
import { problemOf } from '../../api/problem.ts';
import { useRefusal } from '../../api/roles.ts';
import { useDelete } from '../../api/use-delete.ts';
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
  if (refusal !== null) return <Refused title="User" refusal={refusal} />;
  const problem = problemOf(error);
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
            <DeleteUser user={user} />
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

function DeleteUser({ user }: { user: WithEtag<User> }) {
  return (
    <DeleteButton
      {...useDelete(user, useDeleteUserMutation(), paths.users)}
      consequence="Their sessions end. What they did stays in the audit log."
    />
  );
}
