import { useId, type ReactNode } from 'react';
import styles from './Field.module.css';

interface FieldProps {
  label: string;
  hint?: ReactNode | undefined;
  fault?: string | undefined;
}
interface Wiring {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': boolean;
}

function Field(props: FieldProps & { children: (wiring: Wiring) => ReactNode }) {
  const { label, hint, fault, children } = props;
  const id = useId();
  const note = fault ?? hint;
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        'aria-describedby': note === undefined ? undefined : `${id}-note`,
        'aria-invalid': fault !== undefined,
      })}
      {note !== undefined && (
        <p id={`${id}-note`} className={fault === undefined ? styles.hint : styles.fault}>
          {note}
        </p>
      )}
    </div>
  );
}

interface TextProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  type?: 'text' | 'password' | 'email' | 'url' | 'number';
  placeholder?: string;
  autoComplete?: string;
  isRequired?: boolean;
  min?: number;
  max?: number;
  /** `any` where fractions are allowed: a browser refuses them else. */
  step?: 'any';
  isCode?: boolean;
}

export function TextField({ value, onChange, isRequired, isCode, ...props }: TextProps) {
  return (
    <Field label={props.label} hint={props.hint} fault={props.fault}>
      {(wiring) => (
        <input
          {...wiring}
          className={`${styles.control} ${isCode === true ? styles.code : ''}`}
          type={props.type ?? 'text'}
          value={value}
          placeholder={props.placeholder}
          autoComplete={props.autoComplete ?? 'off'}
          required={isRequired}
          min={props.min}
          max={props.max}
          step={props.step}
          onChange={(event) => {
            onChange(event.target.value);
          }}
        />
      )}
    </Field>
  );
}

/** A value that is shown but cannot be changed here; the hint says why. */
export function ReadOnlyField({ value, ...props }: FieldProps & { value: string }) {
  return (
    <Field {...props}>
      {(wiring) => (
        <input
          {...wiring}
          className={`${styles.control} ${styles.readOnly}`}
          value={value}
          readOnly
        />
      )}
    </Field>
  );
}

interface AreaProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  rows: number;
  isCode?: boolean;
  placeholder?: string;
}

export function TextArea({ value, onChange, rows, isCode = false, ...props }: AreaProps) {
  return (
    <Field label={props.label} hint={props.hint} fault={props.fault}>
      {(wiring) => (
        <textarea
          {...wiring}
          className={`${styles.control} ${styles.area} ${isCode ? styles.code : ''}`}
          value={value}
          rows={rows}
          spellCheck={!isCode}
          placeholder={props.placeholder}
          onChange={(event) => {
            onChange(event.target.value);
          }}
        />
      )}
    </Field>
  );
}

interface SelectProps<T extends string> extends FieldProps {
  value: T;
  options: readonly (readonly [T, string])[];
  onChange: (value: T) => void;
}

export function SelectField<T extends string>({
  value,
  options,
  onChange,
  ...props
}: SelectProps<T>) {
  return (
    <Field {...props}>
      {(wiring) => (
        <select
          {...wiring}
          className={styles.control}
          value={value}
          onChange={(event) => {
            const chosen = options.find(([option]) => option === event.target.value);
            if (chosen !== undefined) onChange(chosen[0]);
          }}
        >
          {options.map(([option, word]) => (
            <option key={option} value={option}>
              {word}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** Fields beside each other where there is room. */
export function FieldRow({ children }: { children: ReactNode }) {
  return <div className={styles.row}>{children}</div>;
}
