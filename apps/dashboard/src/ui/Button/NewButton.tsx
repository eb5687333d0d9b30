import { IconPlus } from '../icons.ts';
import { Button, ButtonLink } from './Button.tsx';

/** The way to a "new" screen; for those who may not go there, a button that says why. */
export function NewButton(props: {
  to: string;
  label: string;
  refusal: string | null;
  /** Plain where it is not the next thing to do. */
  look?: 'primary' | 'plain';
}) {
  const { to, label, refusal, look = 'primary' } = props;
  return refusal === null ? (
    <ButtonLink to={to} look={look} icon={<IconPlus />}>
      {label}
    </ButtonLink>
  ) : (
    <Button look={look} icon={<IconPlus />} refusal={refusal}>
      {label}
    </Button>
  );
}
