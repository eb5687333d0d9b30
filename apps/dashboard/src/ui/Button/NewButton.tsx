import { IconPlus } from '../icons.ts';
import { Button, ButtonLink } from './Button.tsx';

/** The way to a "new" screen; for those who may not go there, a button that says why. */
export function NewButton(props: { to: string; label: string; refusal: string | null }) {
  const { to, label, refusal } = props;
  return refusal === null ? (
    <ButtonLink to={to} look="primary" icon={<IconPlus />}>
      {label}
    </ButtonLink>
  ) : (
    <Button look="primary" icon={<IconPlus />} refusal={refusal}>
      {label}
    </Button>
  );
}
