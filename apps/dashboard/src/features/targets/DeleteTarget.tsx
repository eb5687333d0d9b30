import type { Target } from '@signalbox/api/contract';
import { useNavigate } from 'react-router';
import type { WithEtag } from '../../api/base-api.ts';
import { asProblem } from '../../api/problem.ts';
import { useRefusal } from '../../api/roles.ts';
import { useDeleteTargetMutation } from '../../api/targets.ts';
import { paths } from '../../lib/paths.ts';
import { DeleteButton } from '../../ui/Dialog/DeleteButton.tsx';

/** Deletes the target after asking, and goes back to the list. */
export function DeleteTarget({ target }: { target: WithEtag<Target> }) {
  const [remove, { isLoading, error }] = useDeleteTargetMutation();
  const navigate = useNavigate();
  const refusal = useRefusal('admin');
  async function confirm(): Promise<void> {
    const answer = await remove({ id: target.id, etag: target.etag });
    if (answer.error === undefined) await navigate(paths.targets);
  }
  return (
    <DeleteButton
      name={target.name}
      consequence="Possible once no subscription uses it. What still waits for it is cancelled; finished deliveries stay."
      refusal={refusal}
      isBusy={isLoading}
      problem={error === undefined ? null : asProblem(error)}
      onDelete={() => void confirm()}
    />
  );
}
