import { useId, useState } from 'react';
import { fromLocalInput, toLocalInput } from '../../lib/time.ts';
import { useTyped } from '../../lib/use-typed.ts';
import styles from './Filters.module.css';

const PRESETS = [
  ['900', 'last 15 min'],
  ['3600', 'last hour'],
  ['86400', 'last 24 h'],
  ['604800', 'last 7 d'],
] as const;

const spanKey = (after: string, before: string) => `${after} ${before}`;

export interface Span {
  after: string | undefined;
  before: string | undefined;
  onChange: (span: { after: string; before: string }) => void;
}

/**
 * A span of time as a filter; `after` and `before` are RFC 3339 or empty. A preset is written down as the moment it
 * begins at, so that a link to it shows a colleague the same rows.
 */
export function TimeFilter(props: Span & { label: string }) {
  const { label, after = '', before = '', onChange } = props;
  /** The span that was written here by hand; its fields stay when they are emptied, and go when somebody else empties them. */
  const [written, setWritten] = useState<string | null>(null);
  const id = useId();
  const isSet = after !== '' || before !== '';
  const isOpen = isSet || written === spanKey(after, before);
  function write(nextAfter: string, nextBefore: string): void {
    setWritten(spanKey(nextAfter, nextBefore));
    onChange({ after: nextAfter, before: nextBefore });
  }
  function choose(value: string): void {
    setWritten(value === 'span' ? spanKey(after, before) : null);
    if (value === '') onChange({ after: '', before: '' });
    const seconds = Number(value);
    if (seconds > 0) {
      onChange({ after: new Date(Date.now() - seconds * 1000).toISOString(), before: '' });
    }
  }
  return (
    <div className={`${styles.select} ${isSet ? styles.chosen : ''}`}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={isOpen ? 'span' : ''}
        onChange={(event) => {
          choose(event.target.value);
        }}
      >
        <option value="">any</option>
        {PRESETS.map(([seconds, words]) => (
          <option key={seconds} value={seconds}>
            {words}
          </option>
        ))}
        <option value="span">between</option>
      </select>
      {isOpen && (
        <>
          <Moment
            label={`${label} from`}
            value={after}
            onChange={(value) => {
              write(value, before);
            }}
          />
          <span className={styles.until}>and</span>
          <Moment
            label={`${label} until`}
            value={before}
            onChange={(value) => {
              write(after, value);
            }}
          />
        </>
      )}
    </div>
  );
}

function Moment(props: { label: string; value: string; onChange: (value: string) => void }) {
  const { label, value, onChange } = props;
  const { text, type, sent } = useTyped(toLocalInput(value));
  return (
    <input
      type="datetime-local"
      className={styles.moment}
      aria-label={label}
      value={text}
      onChange={(event) => {
        type(event.target.value);
        sent(event.target.value);
        onChange(fromLocalInput(event.target.value));
      }}
    />
  );
}
