import { useRefusal } from '../../api/roles.ts';
import { paths } from '../../lib/paths.ts';
import { Button, ButtonLink } from '../../ui/Button/Button.tsx';
import { IconReplay } from '../../ui/icons.ts';

/** The way to a new replay of these events; for those who may not, a button that says why. */
export function ReplayButton({
  filters,
}: {
  filters: Partial<Record<string, string | readonly string[]>>;
}) {
  const refusal = useRefusal('operator');
  return refusal === null ? (
    <ButtonLink to={paths.newReplayOf(filters)} icon={<IconReplay />}>
      Replay…
    </ButtonLink>
  ) : (
    <Button icon={<IconReplay />} refusal={refusal}>
      Replay…
    </Button>
  );
}
