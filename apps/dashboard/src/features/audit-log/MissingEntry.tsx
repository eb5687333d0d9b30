import type { ShownProblem } from '../../ui/Problem/Problem.tsx';
import { plural } from '../../lib/text.ts';
import { Button } from '../../ui/Button/Button.tsx';
import { ButtonRow } from '../../ui/ButtonRow/ButtonRow.tsx';
import { Dialog } from '../../ui/Dialog/Dialog.tsx';
import { Problem } from '../../ui/Problem/Problem.tsx';
import { SkeletonLines } from '../../ui/Skeleton/Skeleton.tsx';

/** Stands for the entry of a link while it is looked for, and says where it was not found. */
export function MissingEntry(props: {
  isLooking: boolean;
  problem: ShownProblem | null;
  /** Entries gone through. */
  count: number;
  isFiltered: boolean;
  onClose: () => void;
}) {
  const { isLooking, problem, count, isFiltered, onClose } = props;
  return (
    <Dialog title="Entry of the audit log" onClose={onClose} isWide>
      {problem !== null ? (
        <Problem problem={problem} />
      ) : isLooking ? (
        <SkeletonLines lines={4} label="Looking for the entry" />
      ) : (
        <p>
          It is not among the {plural(count, 'newest entry', 'newest entries')}
          {isFiltered && ' that fit the filters'}.
        </p>
      )}
      <ButtonRow>
        <Button onClick={onClose}>Close</Button>
      </ButtonRow>
    </Dialog>
  );
}
