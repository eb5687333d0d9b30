import { useSelector } from 'react-redux';
import type { LiveState, LiveStatus } from '../../api/live-slice.ts';
import type { ApiState } from '../../api/store-types.ts';
import { formatCount } from '../../lib/text.ts';
import { IconButton } from '../../ui/Button/IconButton.tsx';
import { IconPause, IconPlay } from '../../ui/icons.ts';
import { useGateway } from '../gateway.tsx';
import styles from './LiveIndicator.module.css';

const WORDS: Readonly<Record<LiveStatus, string>> = {
  off: 'Off',
  connecting: 'Connecting',
  live: 'Live',
  reconnecting: 'Reconnecting',
  paused: 'Paused',
};

/** Whether what is on the screen is up to date, how much of it was left out, and a switch. */
export function LiveIndicator() {
  const { stream } = useGateway();
  const live = useSelector((state: ApiState) => state.live);
  const isPaused = live.status === 'paused';
  return (
    <div className={styles.live}>
      <p
        className={styles.state}
        data-status={live.status}
        role="status"
        title={live.lastFault ?? undefined}
      >
        <i className={styles.dot} />
        {WORDS[live.status]}
        {live.status === 'reconnecting' && live.lastFault !== null && (
          <span className={styles.why}>{live.lastFault}</span>
        )}
      </p>
      <IconButton
        label={isPaused ? 'Resume live updates' : 'Pause live updates'}
        title={isPaused ? 'Resume live updates' : 'Pause live updates'}
        onClick={() => {
          if (isPaused) stream.start();
          else stream.pause();
        }}
        isSmall
      >
        {isPaused ? <IconPlay /> : <IconPause />}
      </IconButton>
      <LeftOut {...live} />
    </div>
  );
}

/** What the gateway left out of the stream, as long as something on the screen may lack it. */
function LeftOut({ leftOutNow, leftOutTotal, heldAt, isBehind }: LiveState) {
  if (leftOutNow > 0) {
    return (
      <p
        className={styles.leftOut}
        title={`All on the screen is read again every 5 s meanwhile. ${formatCount(leftOutTotal)} since this page was opened`}
      >
        {formatCount(leftOutNow)} a second left out
      </p>
    );
  }
  if (heldAt === null || !isBehind) return null;
  return (
    <p className={styles.leftOut} title="The list is read as a whole at its top">
      Some new rows left out
    </p>
  );
}
