import type { Alert } from '@signalbox/api/contract';
import { useGetAlertQuery } from '../../api/alerts.ts';
import { problemOf } from '../../api/problem.ts';
import { Button } from '../../ui/Button/Button.tsx';
import { ButtonRow } from '../../ui/ButtonRow/ButtonRow.tsx';
import { Dialog } from '../../ui/Dialog/Dialog.tsx';
import { Problem } from '../../ui/Problem/Problem.tsx';
import { SkeletonLines } from '../../ui/Skeleton/Skeleton.tsx';
import { AlertDetail } from './AlertDetail.tsx';

/** The alert of a link, whether the list holds it or not; `row` is what the list knows of it. */
export function AlertDialog(props: { id: string; row: Alert | undefined; onClose: () => void }) {
  const { id, row, onClose } = props;
  const { currentData, error } = useGetAlertQuery(id);
  const alert = currentData ?? row;
  const problem = problemOf(error);
  return (
    <Dialog title={alert?.title ?? 'Alert'} onClose={onClose} isWide>
      {alert !== undefined ? (
        <AlertDetail key={id} alert={alert} onClose={onClose} />
      ) : (
        <>
          {problem === null ? (
            <SkeletonLines lines={4} label="Reading the alert" />
          ) : (
            <Problem problem={problem} />
          )}
          <ButtonRow>
            <Button onClick={onClose}>Close</Button>
          </ButtonRow>
        </>
      )}
    </Dialog>
  );
}
