import type { Target } from '@signalbox/api/contract';
import type { WithEtag } from '../../api/base-api.ts';
import { useDeleteTargetMutation } from '../../api/targets.ts';
import { useDelete } from '../../api/use-delete.ts';
import { paths } from '../../lib/paths.ts';
import { DeleteButton } from '../../ui/Dialog/DeleteButton.tsx';

/** Deletes the target after asking, and goes back to the list. */
export function DeleteTarget({ target }: { target: WithEtag<Target> }) {
  return (
    <DeleteButton
      {...useDelete(target, useDeleteTargetMutation(), paths.targets)}
      consequence="Possible once no subscription uses it. What still waits for it is cancelled; finished deliveries stay."
    />
  );
}
