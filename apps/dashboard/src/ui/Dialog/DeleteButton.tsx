import { IconTrash } from '../icons.ts';
import { Problem, type ShownProblem } from '../Problem/Problem.tsx';
import { ConfirmButton } from './Confirm.tsx';

/** Deletes a resource after asking once, naming it. */
export function DeleteButton(props: {
  name: string;
  consequence: string;
  refusal: string | null;
  isBusy: boolean;
  problem: ShownProblem | null;
  onDelete: () => void;
}) {
  const { name, consequence, refusal, isBusy, problem, onDelete } = props;
  return (
    <>
      <ConfirmButton
        label="Delete"
        icon={<IconTrash />}
        refusal={refusal}
        isBusy={isBusy}
        question={`Delete ${name}?`}
        consequence={consequence}
        onConfirm={onDelete}
      />
      {problem !== null && <Problem problem={problem} />}
    </>
  );
}
