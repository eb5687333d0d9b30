import type { Source } from '@signalbox/api/contract';
import type { WithEtag } from '../../api/base-api.ts';
import { useDeleteSourceMutation } from '../../api/sources.ts';
import { useDelete } from '../../api/use-delete.ts';
import { paths } from '../../lib/paths.ts';
import { DeleteButton } from '../../ui/Dialog/DeleteButton.tsx';

/** Deletes the source after asking, and goes back to the list. */
export function DeleteSource({ source }: { source: WithEtag<Source> }) {
  return (
    <DeleteButton
      {...useDelete(source, useDeleteSourceMutation(), paths.sources)}
      consequence="Its keys are refused from then on. The events that it sent stay."
    />
  );
}
