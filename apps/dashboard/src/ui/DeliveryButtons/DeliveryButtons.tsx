import type { DeliveryAction, DeliveryState } from '@signalbox/api/delivery-states';
import { actionRefusal } from '../../lib/action-refusal.ts';
import { Button } from '../Button/Button.tsx';
import { ButtonRow } from '../ButtonRow/ButtonRow.tsx';
import { ConfirmButton } from '../Dialog/Confirm.tsx';
import { IconBan, IconRetry } from '../icons.ts';
import { Problem, type ShownProblem } from '../Problem/Problem.tsx';

/** What a person may do to a delivery now; what not, with the reason. */
export function DeliveryButtons(props: {
  state: DeliveryState;
  targetName: string;
  /** Why this person may do nothing here, or null. */
  refusal: string | null;
  isBusy: boolean;
  problem: ShownProblem | null;
  onAct: (action: DeliveryAction) => void;
}) {
  const { state, targetName, refusal, isBusy, problem, onAct } = props;
  return (
    <ButtonRow>
      <Button
        size="small"
        icon={<IconRetry />}
        isBusy={isBusy}
        refusal={refusal ?? actionRefusal('retry', state)}
        onClick={() => onAct('retry')}
      >
        Retry
      </Button>
      <ConfirmButton
        size="small"
        label="Cancel"
        icon={<IconBan />}
        isBusy={isBusy}
        refusal={refusal ?? actionRefusal('cancel', state)}
        question={`Cancel this delivery to ${targetName}?`}
        consequence="It will not be sent any more. It can be retried later."
        onConfirm={() => onAct('cancel')}
      />
      {problem !== null && <Problem problem={problem} />}
    </ButtonRow>
  );
}
