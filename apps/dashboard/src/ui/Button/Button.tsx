import { useId, type ButtonHTMLAttributes, type ReactNode } from 'react';
import { Link } from 'react-router';
import styles from './Button.module.css';

type Look = 'primary' | 'plain' | 'quiet' | 'danger';
interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'> {
  look?: Look;
  icon?: ReactNode;
  /** Why the button cannot be used now; null when it can. */
  refusal?: string | null;
  isBusy?: boolean;
  size?: 'normal' | 'small';
}

/** A button; one that cannot be used stays reachable and says why. */
export function Button(props: ButtonProps) {
  const {
    look = 'plain',
    icon,
    refusal = null,
    isBusy = false,
    size,
    children,
    onClick,
    ...rest
  } = props;
  const reasonId = useId();
  const isRefused = refusal !== null || isBusy;
  return (
    <>
      <button
        type="button"
        {...rest}
        className={`${styles.button} ${styles[look]} ${size === 'small' ? styles.small : ''}`}
        aria-disabled={isRefused}
        aria-busy={isBusy}
        aria-describedby={refusal === null ? undefined : reasonId}
        title={refusal ?? rest.title}
        onClick={(event) => {
          if (isRefused) event.preventDefault();
          else onClick?.(event);
        }}
      >
        {icon}
        {children}
      </button>
      {refusal !== null && (
        <span id={reasonId} hidden>
          {refusal}
        </span>
      )}
    </>
  );
}

/** A link that looks like a button. */
export function ButtonLink(props: {
  to: string;
  look?: Look;
  icon?: ReactNode;
  children: ReactNode;
}) {
  const { to, look = 'plain', icon, children } = props;
  return (
    <Link to={to} className={`${styles.button} ${styles[look]}`}>
      {icon}
      {children}
    </Link>
  );
}
