import { useMemo } from 'react';
import { useExport } from '../../api/export-list.ts';
import { useListReplaysInfiniteQuery } from '../../api/replays.ts';
import { useRefusal } from '../../api/roles.ts';
import { useRows } from '../../api/use-rows.ts';
import { paths } from '../../lib/paths.ts';
import { NewButton } from '../../ui/Button/NewButton.tsx';
import { EmptyState } from '../../ui/EmptyState/EmptyState.tsx';
import { ListScreen } from '../../ui/ListScreen/ListScreen.tsx';
import { replayColumns } from './replay-columns.tsx';
import { useReplayName } from './use-replay-name.ts';

const POLL_MS = 3000;

export function ReplayList() {
  const list = useListReplaysInfiniteQuery(undefined, {
    pollingInterval: POLL_MS,
    skipPollingIfUnfocused: true,
  });
  const refusal = useRefusal('operator');
  const nameOf = useReplayName();
  const columns = useMemo(() => replayColumns(nameOf), [nameOf]);
  return (
    <ListScreen
      title="Replays"
      actions={<NewButton to={paths.newReplay} label="New replay" refusal={refusal} />}
      exported={useExport('/v1/replays')}
      {...useRows(list)}
      rowKey={(replay) => replay.id}
      rowLink={(replay) => paths.replay(replay.id)}
      columns={columns}
      empty={
        <EmptyState title="No replays yet">
          <p>
            A replay delivers stored events again: to where they went, through other subscriptions,
            or to one target. Work on many dead letters is shown here too.
          </p>
        </EmptyState>
      }
    />
  );
}
