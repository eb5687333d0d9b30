import type { Attempt, Event } from '@signalbox/api/contract';
import { prettyJson } from '../../lib/text.ts';
import { Code } from '../../ui/Code/Code.tsx';
import { Muted } from '../../ui/Muted/Muted.tsx';
import { outcomeOf } from './attempt-outcome.ts';
import { payloadText } from './payload-text.ts';
import styles from './Attempts.module.css';

/** What came in, what was sent and what was answered, beside each other. */
export function AttemptDetail({ attempt, event }: { attempt: Attempt; event: Event }) {
  const { request, response } = attempt;
  return (
    <div className={styles.detail}>
      <section className={`${styles.part} ${styles.cameIn}`} aria-label="What came in">
        <h3>Came in</h3>
        <p className={styles.lead}>
          {event.type}
          {event.subject !== null && ` · ${event.subject}`}
        </p>
        <Code label="Payload that came in" text={payloadText(event)} />
      </section>
      <section className={styles.part} aria-label="What was sent">
        <h3>Sent</h3>
        {request === null ? (
          <p className={styles.lead}>No request could be made. {attempt.error}</p>
        ) : (
          <>
            <p className={styles.lead}>
              {request.method} {request.url}
            </p>
            <Code label="Body that was sent" text={prettyJson(request.body)} wraps />
            <Headers label="Headers that were sent" headers={request.headers} />
          </>
        )}
      </section>
      <section className={styles.part} aria-label="What was answered">
        <h3>Answered</h3>
        <p className={styles.lead}>{outcomeOf(attempt)}</p>
        {response === null ? (
          <Muted>{attempt.error ?? 'No answer came.'}</Muted>
        ) : (
          <>
            <Code label="Body of the answer" text={answerText(response)} wraps />
            <Headers label="Headers of the answer" headers={response.headers} />
          </>
        )}
      </section>
    </div>
  );
}

function answerText(response: NonNullable<Attempt['response']>): string {
  if (response.body === '') return '(empty)';
  return `${prettyJson(response.body)}${response.truncated ? '\n… cut after 16 KiB' : ''}`;
}

function Headers({ label, headers }: { label: string; headers: Record<string, string> }) {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  if (lines.length === 0) return null;
  return (
    <details className={styles.headers}>
      <summary>{lines.length} headers</summary>
      <Code label={label} text={lines.join('\n')} wraps />
    </details>
  );
}
