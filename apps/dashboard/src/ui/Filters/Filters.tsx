import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useHotkeys } from '../../lib/use-hotkeys.ts';
import { useTyped } from '../../lib/use-typed.ts';
import { Button } from '../Button/Button.tsx';
import { IconClose, IconSearch } from '../icons.ts';
import styles from './Filters.module.css';

const TYPING_PAUSE_MS = 300;

/** The row of filters above a list. */
export function Filters(props: { isFiltered: boolean; onClear: () => void; children: ReactNode }) {
  return (
    <div className={styles.filters} role="search">
      {props.children}
      {props.isFiltered && (
        <Button look="quiet" icon={<IconClose />} onClick={props.onClear}>
          Clear
        </Button>
      )}
    </div>
  );
}

/** A text that filters, without the blanks around it; `/` puts the cursor into it where `hotkey` is set. */
export function SearchFilter(props: {
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
  hotkey?: boolean;
  isNarrow?: boolean;
}) {
  const { label, placeholder, value, onChange, hotkey = false, isNarrow = false } = props;
  const input = useRef<HTMLInputElement>(null);
  const { text, type, sent } = useTyped(value);
  const focus = () => {
    input.current?.focus();
    return true;
  };
  useHotkeys(hotkey ? { '/': focus } : {});
  const send = (wanted: string) => {
    sent(wanted);
    onChange(wanted);
  };
  const latest = useRef(send);
  useEffect(() => {
    latest.current = send;
  });
  useEffect(() => {
    const wanted = text.trim();
    if (text === value || wanted === value) return;
    const timer = setTimeout(() => {
      latest.current(wanted);
    }, TYPING_PAUSE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [text, value]);
  return (
    <div className={`${styles.search} ${isNarrow ? styles.narrow : ''}`}>
      <IconSearch />
      <input
        ref={input}
        type="search"
        aria-label={label}
        placeholder={placeholder}
        value={text}
        onChange={(event) => {
          type(event.target.value);
        }}
      />
      {hotkey && <kbd className={styles.key}>/</kbd>}
    </div>
  );
}

/** A choice that filters; the empty choice takes the filter away. */
export function SelectFilter(props: {
  label: string;
  value: string;
  options: readonly (readonly [string, string])[];
  onChange: (value: string) => void;
}) {
  const { label, value, options, onChange } = props;
  const id = useId();
  const isKnown = value === '' || options.some(([option]) => option === value);
  return (
    <div className={`${styles.select} ${value === '' ? '' : styles.chosen}`}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      >
        <option value="">any</option>
        {!isKnown && <option value={value}>{value}</option>}
        {options.map(([option, word]) => (
          <option key={option} value={option}>
            {word}
          </option>
        ))}
      </select>
    </div>
  );
}
