import { useId, useState } from 'react';
import { fromLocalInput, toLocalInput } from '../../lib/time.ts';
import styles from './Filters.module.css';

const PRESETS = [
  ['900', 'last 15 min'],
  ['3600', 'last hour'],
  ['86400', 'last 24 h'],
  ['604800', 'last 7 d'],
] as const;

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
  const [isAsked, setAsked] = useState(false);
  const id = useId();
  const isSet = after !== '' || before !== '';
  const isOpen = isSet || isAsked;
  function choose(value: string): void {
    setAsked(value === 'span');
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
              onChange({ after: value, before });
            }}
          />
          <span className={styles.until}>and</span>
          <Moment
            label={`${label} until`}
            value={before}
            onChange={(value) => {
              onChange({ after, before: value });
            }}
          />
        </>
      )}
    </div>
  );
}

function Moment(props: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <input
      type="datetime-local"
      className={styles.moment}
      aria-label={props.label}
      value={toLocalInput(props.value)}
      onChange={(event) => {
        props.onChange(fromLocalInput(event.target.value));
      }}
    />
  );
}
