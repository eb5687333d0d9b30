import { useDispatch, useSelector } from 'react-redux';
import { leftByChoice } from '../../api/session-slice.ts';
import type { ApiDispatch, ApiState } from '../../api/store-types.ts';
import { IconButton } from '../../ui/Button/IconButton.tsx';
import { IconSignOut } from '../../ui/icons.ts';
import { useGateway } from '../gateway.tsx';
import styles from './UserMenu.module.css';

/** Who is signed in, with what role, and the way out. */
export function UserMenu() {
  const { tokens } = useGateway();
  const dispatch = useDispatch<ApiDispatch>();
  const session = useSelector((state: ApiState) => state.session);
  if (session.status !== 'signed-in') return null;
  const { user } = session;
  async function signOut(): Promise<void> {
    await tokens.signOut();
    dispatch(leftByChoice());
  }
  return (
    <div className={styles.user}>
      <p className={styles.who} title={`${user.email}, ${user.role}`}>
        <span className={styles.email}>{user.email}</span>
        <span className={styles.role}>{user.role}</span>
      </p>
      <IconButton label="Sign out" title="Sign out" onClick={() => void signOut()}>
        <IconSignOut />
      </IconButton>
    </div>
  );
}
