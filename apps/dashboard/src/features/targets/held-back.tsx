import type { TargetHealth } from '@signalbox/api/contract';
import type { ReactNode } from 'react';
import { exactTime } from '../../lib/time.ts';

const minutes = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** Why an active target is sent nothing; null when it may be sent something. Its state says the rest. */
export function heldBack({ blockedBy, opensAt }: TargetHealth): ReactNode {
  if (blockedBy === 'told_to_wait' && opensAt !== null)
    return (
      <>
        Told to wait until <Until at={opensAt} /> (Retry-After)
      </>
    );
  if (blockedBy !== 'breaker_open') return null;
  return opensAt === null ? (
    'By the breaker, until its probe is answered'
  ) : (
    <>
      By the breaker, until a probe at <Until at={opensAt} />
    </>
  );
}

function Until({ at }: { at: string }) {
  const time = Date.parse(at);
  return (
    <time dateTime={at} title={exactTime(time)}>
      {minutes.format(time)}
    </time>
  );
}
