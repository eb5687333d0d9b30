import type { Target } from '@signalbox/api/contract';
import { asProblem } from '../../api/problem.ts';
import { useRefusal } from '../../api/roles.ts';
import { usePauseTargetMutation, useResumeTargetMutation } from '../../api/targets.ts';
import { Button } from '../../ui/Button/Button.tsx';
import { ConfirmButton } from '../../ui/Dialog/Confirm.tsx';
import { IconPause, IconPlay } from '../../ui/icons.ts';
import { Problem } from '../../ui/Problem/Problem.tsx';

/** Pauses a target, or lets it go on. */
export function TargetSwitch({ target }: { target: Target }) {
  const [pause, pausing] = usePauseTargetMutation();
  const [resume, resuming] = useResumeTargetMutation();
  const refusal = useRefusal('operator');
  const fault = pausing.error ?? resuming.error;
  return (
    <>
      {target.state === 'active' ? (
        <ConfirmButton
          label="Pause"
          icon={<IconPause />}
          refusal={refusal}
          isBusy={pausing.isLoading}
          question={`Pause ${target.name}?`}
          consequence="Its deliveries wait until it is resumed. Nothing is dropped."
          onConfirm={() => void pause(target.id)}
        />
      ) : (
        <Button
          look="primary"
          icon={<IconPlay />}
          refusal={refusal}
          isBusy={resuming.isLoading}
          onClick={() => void resume(target.id)}
        >
          Resume
        </Button>
      )}
      {fault !== undefined && <Problem problem={asProblem(fault)} />}
    </>
  );
}
