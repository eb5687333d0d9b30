import type { ReactNode } from 'react';
import { useGetConservationQuery } from '../../api/metrics.ts';
import { useRefusal } from '../../api/roles.ts';
import { useListSourcesQuery } from '../../api/sources.ts';
import { useListTargetsQuery } from '../../api/targets.ts';
import { curlEvent, SAMPLE_EVENT } from '../../lib/curl.ts';
import { paths } from '../../lib/paths.ts';
import { NewButton } from '../../ui/Button/NewButton.tsx';
import { Card } from '../../ui/Card/Card.tsx';
import { Code } from '../../ui/Code/Code.tsx';
import { IconCheck } from '../../ui/icons.ts';
import styles from './FirstSteps.module.css';

/** What is left to do until the first event is delivered; nothing once it was. */
export function FirstSteps() {
  const sources = useListSourcesQuery(undefined);
  const targets = useListTargetsQuery(undefined);
  const conservation = useGetConservationQuery(undefined);
  const refusal = useRefusal('admin');
  if (!sources.isSuccess || !targets.isSuccess || !conservation.isSuccess) return null;
  const hasSource = sources.data.length > 0;
  const hasTarget = targets.data.length > 0;
  if (hasSource && hasTarget && conservation.data.events.accepted > 0) return null;
  return (
    <Card title="Deliver your first event">
      <ol className={styles.steps}>
        <Step
          number={1}
          isDone={hasSource}
          title="Make a source"
          text="The application that sends events. You get its key and a command to try it."
          action={
            <NewButton
              to={paths.newSource}
              label={hasSource ? 'Make another' : 'Make a source'}
              look={hasSource ? 'plain' : 'primary'}
              refusal={refusal}
            />
          }
        />
        <Step
          number={2}
          isDone={hasTarget}
          title="Make a target"
          text="The URL that receives them, signed and retried until it answers."
          action={
            <NewButton
              to={paths.newTarget}
              label={hasTarget ? 'Make another' : 'Make a target'}
              look={hasSource && !hasTarget ? 'primary' : 'plain'}
              refusal={refusal}
            />
          }
        />
        <Step
          number={3}
          isDone={false}
          title="Send an event"
          text="With the key of your source in place of <key>. It appears here at once."
          action={
            <Code
              label="Command that sends an event"
              text={curlEvent(window.location.origin, '<key>', SAMPLE_EVENT)}
            />
          }
        />
      </ol>
    </Card>
  );
}

function Step(props: {
  number: number;
  isDone: boolean;
  title: string;
  text: string;
  action: ReactNode;
}) {
  return (
    <li className={styles.step} data-done={props.isDone}>
      <span className={styles.number} aria-hidden="true">
        {props.isDone ? <IconCheck /> : props.number}
      </span>
      <div className={styles.content}>
        <h3>
          {props.title}
          {props.isDone && <span className={styles.done}> done</span>}
        </h3>
        <p>{props.text}</p>
        <div>{props.action}</div>
      </div>
    </li>
  );
}
