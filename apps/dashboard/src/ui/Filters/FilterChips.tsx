import { filterLabel, filterValue, type FilterNames } from '../../lib/filter-words.ts';
import { IconButton } from '../Button/IconButton.tsx';
import { IconClose } from '../icons.ts';
import styles from './Filters.module.css';

/** Values that filter though no control shows them, each with a button that takes it away. */
export function FilterChips(props: {
  values: readonly { name: string; value: string; remove: () => void }[];
  names: FilterNames;
}) {
  return props.values.map(({ name, value, remove }) => {
    const label = filterLabel(name);
    const text = filterValue(name, value, props.names);
    return (
      <span key={`${name} ${value}`} className={`${styles.select} ${styles.chosen}`}>
        <span className={styles.chip}>
          {label} <strong>{text}</strong>
        </span>
        <IconButton isSmall label={`Take away: ${label} ${text}`} onClick={remove}>
          <IconClose />
        </IconButton>
      </span>
    );
  });
}
