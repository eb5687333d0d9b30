import { useSelector } from 'react-redux';
import type { ApiState } from '../../api/store-types.ts';
import { Card } from '../../ui/Card/Card.tsx';
import { Id } from '../../ui/Code/Id.tsx';
import { Facts } from '../../ui/Facts/Facts.tsx';

const MAY = {
  viewer: 'sees everything and changes nothing',
  operator: 'sees everything, retries, replays, pauses and resumes',
  admin: 'may do everything',
} as const;

/** Who is signed in. */
export function Account() {
  const session = useSelector((state: ApiState) => state.session);
  if (session.status !== 'signed-in') return null;
  const { user } = session;
  return (
    <Card title="Your account">
      <Facts
        facts={[
          ['Name', user.name],
          ['E-mail', user.email],
          ['Role', `${user.role}: ${MAY[user.role]}`],
          ['Id', <Id key="id" id={user.id} isWhole />],
        ]}
      />
    </Card>
  );
}
