import type { User } from '@signalbox/api/contract';
import { useExport } from '../../api/export-list.ts';
import { problemOf } from '../../api/problem.ts';
import { useRefusal } from '../../api/roles.ts';
import { useListUsersQuery } from '../../api/users.ts';
import { paths } from '../../lib/paths.ts';
import { ResourceBadge } from '../../ui/Badge/StateBadge.tsx';
import { NewButton } from '../../ui/Button/NewButton.tsx';
import type { Column } from '../../ui/DataTable/column.ts';
import { RowLink } from '../../ui/DataTable/RowLink.tsx';
import { EmptyState } from '../../ui/EmptyState/EmptyState.tsx';
import { ListScreen } from '../../ui/ListScreen/ListScreen.tsx';
import { Refused } from '../../ui/Refused/Refused.tsx';
import { Time } from '../../ui/Time/Time.tsx';

const COLUMNS: Column<User>[] = [
  {
    key: 'name',
    header: 'Name',
    width: 'minmax(140px, 1fr)',
    cell: (user) => <RowLink to={paths.user(user.id)}>{user.name}</RowLink>,
  },
  {
    key: 'state',
    header: 'State',
    width: '110px',
    cell: (user) => <ResourceBadge state={user.state} />,
  },
  { key: 'email', header: 'E-mail', width: 'minmax(140px, 1.6fr)', cell: (user) => user.email },
  { key: 'role', header: 'Role', width: '100px', cell: (user) => user.role },
  {
    key: 'made',
    header: 'Made',
    width: '92px',
    isWideOnly: true,
    cell: (user) => <Time at={user.createdAt} />,
  },
];

export function UserList() {
  const refusal = useRefusal('admin');
  const exported = useExport('/v1/users');
  const { data = [], isLoading, error } = useListUsersQuery(undefined, { skip: refusal !== null });
  if (refusal !== null) return <Refused title="Users" refusal={refusal} />;
  return (
    <ListScreen
      title="Users"
      actions={<NewButton to={paths.newUser} label="New user" refusal={refusal} />}
      exported={exported}
      problem={problemOf(error)}
      rows={data}
      rowKey={(user) => user.id}
      rowLink={(user) => paths.user(user.id)}
      columns={COLUMNS}
      isLoading={isLoading}
      empty={<EmptyState title="No users" />}
    />
  );
}
