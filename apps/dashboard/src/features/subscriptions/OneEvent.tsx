import { prettyJson } from '../../lib/text.ts';
import { clockTime } from '../../lib/time.ts';
import { CodeEditor } from '../../ui/CodeEditor/CodeEditor.tsx';
import { CompareView } from '../../ui/CodeEditor/CompareView.tsx';
import { Badge } from '../../ui/Badge/Badge.tsx';
import { SelectField } from '../../ui/Field/Field.tsx';
import { IconAlert } from '../../ui/icons.ts';
import { Muted } from '../../ui/Muted/Muted.tsx';
import { Problem } from '../../ui/Problem/Problem.tsx';
import { PatternVerdict } from './PatternVerdict.tsx';
import type { SubscriptionForm } from './subscription-form.ts';
import type { usePatternCheck, useTransformCheck } from './use-checks.ts';
import type { Example } from './use-example.ts';
import styles from './Subscriptions.module.css';

/** What the pattern and the transform make of one event, stored or made up. */
export function OneEvent(props: {
  form: SubscriptionForm;
  example: Example;
  pattern: ReturnType<typeof usePatternCheck>;
  transform: ReturnType<typeof useTransformCheck>;
}) {
  const { form, example, pattern, transform } = props;
  return (
    <>
      <SelectField
        label="Event"
        value={example.chosen}
        options={[
          ['', 'An example'],
          ...example.events.map(
            (event) =>
              [event.id, `${event.type}, ${clockTime(Date.parse(event.receivedAt))}`] as const,
          ),
        ]}
        onChange={(id) => {
          example.choose(id);
        }}
      />
      <CodeEditor
        label="Example event"
        language="json"
        rows={10}
        value={example.text}
        onChange={example.setText}
      />
      <PatternVerdict check={pattern} />
      {form.language !== 'none' && form.body.trim() !== '' && (
        <section className={styles.check} aria-label="Transform preview">
          {transform.problem !== null && transform.faults.length === 0 && (
            <Problem problem={transform.problem} />
          )}
          {transform.faults.length > 0 && (
            <Badge tone="bad" icon={<IconAlert />}>
              The transform fails on this event
            </Badge>
          )}
          {transform.result?.body === null && (
            <Muted>The transform has no result for this event, so it is not delivered.</Muted>
          )}
          {transform.result !== undefined && transform.result.body !== null && (
            <>
              {transform.result.path !== null && <Muted>Path {transform.result.path}</Muted>}
              <CompareView
                label="What goes in and what comes out"
                before={{ title: 'Goes in', text: example.text }}
                after={{ title: 'Would be sent', text: prettyJson(transform.result.body) }}
              />
            </>
          )}
        </section>
      )}
    </>
  );
}
