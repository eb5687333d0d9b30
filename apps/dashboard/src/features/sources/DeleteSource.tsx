import type { Source } from '@signalbox/api/contract';
import { useNavigate } from 'react-router';
import type { WithEtag } from '../../api/base-api.ts';
import { asProblem } from '../../api/problem.ts';
import { useRefusal } from '../../api/roles.ts';
import { useDeleteSourceMutation } from '../../api/sources.ts';
import { paths } from '../../lib/paths.ts';
import { DeleteButton } from '../../ui/Dialog/DeleteButton.tsx';

/** Deletes the source after asking, and goes back to the list. */
export function DeleteSource({ source }: { source: WithEtag<Source> }) {
  const [remove, { isLoading, error }] = useDeleteSourceMutation();
  const navigate = useNavigate();
  const refusal = useRefusal('admin');
  async function confirm(): Promise<void> {
    const answer = await remove({ id: source.id, etag: source.etag });
    if (answer.error === undefined) await navigate(paths.sources);
  }
  return (
    <DeleteButton
      name={source.name}
      consequence="Its keys are refused from then on. The events that it sent stay."
      refusal={refusal}
      isBusy={isLoading}
      problem={error === undefined ? null : asProblem(error)}
      onDelete={() => void confirm()}
    />
  );
}
