import styles from './Segments.module.css';

/** A choice of a few, all visible. */
export function Segments<T extends string>(props: {
  label: string;
  value: T;
  options: readonly (readonly [T, string])[];
  onChange: (value: T) => void;
}) {
  return (
    <div className={styles.segments} role="group" aria-label={props.label}>
      {props.options.map(([value, words]) => (
        <button
          key={value}
          type="button"
          aria-pressed={value === props.value}
          onClick={() => {
            props.onChange(value);
          }}
        >
          {words}
        </button>
      ))}
    </div>
  );
}
