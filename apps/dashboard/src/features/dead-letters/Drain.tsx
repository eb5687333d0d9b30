import { useState } from 'react';
import { Link } from 'react-router';
import { problemOf } from '../../api/problem.ts';
import { useGetReplayQuery } from '../../api/replays.ts';
import { paths } from '../../lib/paths.ts';
import { JobProgress } from '../../ui/JobProgress/JobProgress.tsx';
import { Problem } from '../../ui/Problem/Problem.tsx';
import styles from './DeadLetterGroups.module.css';

const POLL_MS = 1000;

/** The work on a group, asked after until it has ended. */
export function Drain({ id, name }: { id: string; name: string }) {
  const [isOver, setOver] = useState(false);
  const { data: job, error } = useGetReplayQuery(id, {
    pollingInterval: isOver ? 0 : POLL_MS,
    skipPollingIfUnfocused: true,
  });
  const problem = problemOf(error);
  const hasEnded = job !== undefined && job.state !== 'running' && job.state !== 'paused';
  if (hasEnded !== isOver) setOver(hasEnded);
  return (
    <div className={styles.job}>
      <p>
        <Link to={paths.replay(id)}>{name}</Link>
      </p>
      {problem !== null && <Problem problem={problem} />}
      {job !== undefined && <JobProgress job={job} label={`Progress of ${name}`} />}
    </div>
  );
}
