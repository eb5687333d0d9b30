import type { TransformTest } from '@signalbox/api/contract';
import { asProblem } from '../../api/problem.ts';
import { useTestTransformQuery } from '../../api/subscriptions.ts';
import { prettyJson } from '../../lib/text.ts';
import { useDebounced } from '../../lib/use-debounced.ts';
import { Code } from '../../ui/Code/Code.tsx';
import { Problem } from '../../ui/Problem/Problem.tsx';
import { readTransform, type SubscriptionForm } from './subscription-form.ts';
import styles from './Subscriptions.module.css';

const TYPING_PAUSE_MS = 300;

/** What would be sent for the example, made by the gateway while one types. */
export function TransformPreview(props: {
  form: SubscriptionForm;
  event: Record<string, unknown>;
}) {
  const request = { transform: readTransform(props.form), event: props.event };
  const asked = useDebounced(JSON.stringify(request), TYPING_PAUSE_MS);
  const { data, error } = useTestTransformQuery(JSON.parse(asked) as TransformTest);
  return (
    <section className={styles.check} aria-label="Transform preview">
      <h2>Would be sent</h2>
      {error !== undefined && <Problem problem={asProblem(error)} />}
      {error === undefined && data !== undefined && (
        <>
          {data.path !== null && <p className={styles.muted}>Path {data.path}</p>}
          {data.body === null ? (
            <p className={styles.muted}>
              Nothing: the transform has no result for this event, so it is not delivered.
            </p>
          ) : (
            <Code label="Body that would be sent" text={prettyJson(data.body)} />
          )}
        </>
      )}
    </section>
  );
}
