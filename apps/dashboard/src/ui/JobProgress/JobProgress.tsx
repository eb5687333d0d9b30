import type { ReplaySummary } from '@signalbox/api/contract';
import { progressText, waitText } from '../../lib/replay-words.ts';
import { JobBadge } from '../Badge/StateBadge.tsx';
import { Muted } from '../Muted/Muted.tsx';
import styles from './JobProgress.module.css';

/** How far a replay, or work on dead letters, has come. */
export function JobProgress({ job, label }: { job: ReplaySummary; label: string }) {
  return (
    <div className={styles.progress}>
      <div className={styles.line}>
        <JobBadge state={job.state} />
        <span role="status">{progressText(job)}</span>
        {job.state === 'running' && job.waitingFor !== null && (
          <Muted isInline>{waitText(job.waitingFor)}</Muted>
        )}
        {job.failure !== null && <Muted isInline>{job.failure}</Muted>}
      </div>
      <ProgressBar job={job} label={label} />
    </div>
  );
}

/** The bar alone, for narrow places. */
export function ProgressBar({ job, label }: { job: ReplaySummary; label: string }) {
  const share = shareOf(job);
  if (share === null) return null;
  const percent = Math.round(share * 100);
  return (
    <div
      className={styles.track}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <div className={styles.done} style={{ width: `${String(percent)}%` }} />
    </div>
  );
}

/** 0 to 1; null: nobody knows. */
function shareOf({ state, scanned, expected }: ReplaySummary): number | null {
  if (state === 'completed') return 1;
  if (expected === null) return null;
  return expected === 0 ? 0 : Math.min(scanned / expected, 1);
}
