import styles from './EventTypes.module.css';

/** Faults with the place that each is about. */
export function FaultList(props: {
  label: string;
  faults: readonly { pointer: string; code: string; detail: string }[];
}) {
  return (
    <ul className={styles.faults} aria-label={props.label}>
      {props.faults.map((fault) => (
        <li key={`${fault.pointer} ${fault.code} ${fault.detail}`}>
          <code>{fault.pointer === '' ? '(the whole)' : fault.pointer}</code>
          <span>{fault.detail}</span>
        </li>
      ))}
    </ul>
  );
}
