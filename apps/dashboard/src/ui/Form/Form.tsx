import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { Button } from '../Button/Button.tsx';
import { ButtonRow } from '../ButtonRow/ButtonRow.tsx';
import { Problem, type ShownProblem } from '../Problem/Problem.tsx';
import styles from './Form.module.css';

export interface FormProps {
  label: string;
  submitLabel: string;
  isBusy: boolean;
  problem: ShownProblem | null;
  refusal?: string | null;
  /** Where "Cancel" leads; left out, there is none. */
  cancelTo?: string;
  onSubmit: () => void;
  children: ReactNode;
}

/** A form with what failed above its buttons. */
export function Form(props: FormProps) {
  const { label, submitLabel, isBusy, problem, refusal = null, cancelTo, onSubmit } = props;
  const navigate = useNavigate();
  return (
    <form
      className={styles.form}
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        if (refusal === null && !isBusy) onSubmit();
      }}
    >
      {props.children}
      {problem !== null && <Problem problem={problem} />}
      <ButtonRow>
        <Button type="submit" look="primary" isBusy={isBusy} refusal={refusal}>
          {submitLabel}
        </Button>
        {cancelTo !== undefined && (
          <Button look="quiet" onClick={() => void navigate(cancelTo)}>
            Cancel
          </Button>
        )}
      </ButtonRow>
    </form>
  );
}
