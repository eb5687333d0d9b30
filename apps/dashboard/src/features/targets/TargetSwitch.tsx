import type { Target } from '@signalbox/api/contract';
import { useSearchParams } from 'react-router';
import { asProblem } from '../../api/problem.ts';
import { useRefusal } from '../../api/roles.ts';
import { usePauseTargetMutation, useResumeTargetMutation } from '../../api/targets.ts';
import { Button } from '../../ui/Button/Button.tsx';
import { ConfirmButton } from '../../ui/Dialog/Confirm.tsx';
import { IconPause, IconPlay } from '../../ui/icons.ts';
import { Problem } from '../../ui/Problem/Problem.tsx';

/** Pauses a target, or lets it go on; `ask` in the URL opens the question. */
export function TargetSwitch({ target }: { target: Target }) {
  const [pause, pausing] = usePauseTargetMutation();
  const [resume, resuming] = useResumeTargetMutation();
  const [search, setSearch] = useSearchParams();
  const asked = search.get('ask');
  const refusal = useRefusal('operator');
  const fault = pausing.error ?? resuming.error;
  const onClose = () => {
    if (asked !== null) setSearch({}, { replace: true });
  };
  return (
    <>
      {target.state === 'active' && (
        <ConfirmButton
          label="Pause"
          icon={<IconPause />}
          refusal={refusal}
          isBusy={pausing.isLoading}
          question={`Pause ${target.name}?`}
          consequence="Its deliveries wait until it is resumed. Nothing is dropped."
          isAsked={asked === 'pause'}
          onClose={onClose}
          onConfirm={() => void pause(target.id)}
        />
      )}
      {target.state !== 'active' && asked === 'resume' && (
        <ConfirmButton
          label="Resume"
          icon={<IconPlay />}
          look="plain"
          refusal={refusal}
          question={`Resume ${target.name}?`}
          consequence="The deliveries that wait for it are sent."
          isAsked
          onClose={onClose}
          onConfirm={() => void resume(target.id)}
        />
      )}
      {target.state !== 'active' && asked !== 'resume' && (
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
