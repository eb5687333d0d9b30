import type { BacktestSample } from '@signalbox/api/contract';
import { useState } from 'react';
import { Link } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { prettyJson, shortId } from '../../lib/text.ts';
import { CompareView } from '../../ui/CodeEditor/CompareView.tsx';
import { SelectField } from '../../ui/Field/Field.tsx';
import { Badge } from '../../ui/Badge/Badge.tsx';
import { IconAlert } from '../../ui/icons.ts';
import { Muted } from '../../ui/Muted/Muted.tsx';
import styles from './Subscriptions.module.css';

/** One of the samples at a time: what goes in and what comes out, or why nothing does. */
export function BacktestSamples({ samples }: { samples: readonly BacktestSample[] }) {
  const [chosen, setChosen] = useState('');
  const sample = samples.find(({ eventId }) => eventId === chosen) ?? samples[0];
  if (sample === undefined) return <Muted>No event of these matches.</Muted>;
  const { eventId, input, output, error } = sample;
  return (
    <>
      <SelectField
        label="Sample"
        value={sample.eventId}
        options={samples.map((each) => [each.eventId, wordsOf(each)])}
        onChange={setChosen}
      />
      <Muted>
        Event <Link to={paths.event(eventId)}>{shortId(eventId)}</Link>
        {output !== null && output.path !== null && `, path ${output.path}`}
      </Muted>
      {error !== null && (
        <div className={styles.check}>
          <Badge tone="bad" icon={<IconAlert />}>
            The transform fails
          </Badge>
          <p>{error.detail}</p>
        </div>
      )}
      {output?.body === null && <p>The transform has no result: it would not be delivered.</p>}
      <CompareView
        label="What goes in and what comes out"
        before={{ title: 'Goes in', text: JSON.stringify(input, null, 2) }}
        after={{ title: 'Would be sent', text: prettyJson(output?.body ?? '') }}
      />
    </>
  );
}

function wordsOf({ eventId, input, error }: BacktestSample): string {
  const type = typeof input['type'] === 'string' ? input['type'] : 'event';
  return `${error === null ? '' : 'Fails: '}${type}, ${shortId(eventId)}`;
}
