import type { Target } from '@signalbox/api/contract';
import { useSearchParams } from 'react-router';
import type { WithEtag } from '../../api/base-api.ts';
import { asProblem } from '../../api/problem.ts';
import { useRefusal } from '../../api/roles.ts';
import {
  usePauseTargetMutation,
  useResumeTargetMutation,
  useUpdateTargetMutation,
} from '../../api/targets.ts';
import { Button } from '../../ui/Button/Button.tsx';
import { ConfirmButton } from '../../ui/Dialog/Confirm.tsx';
import { IconBan, IconPause, IconPlay } from '../../ui/icons.ts';
import { Problem } from '../../ui/Problem/Problem.tsx';

/** Pauses or disables a target, or lets it go on; `ask` in the URL opens the question. */
export function TargetSwitch({ target }: { target: WithEtag<Target> }) {
  const { id, etag, name, state } = target;
  const [pause, pausing] = usePauseTargetMutation();
  const [resume, resuming] = useResumeTargetMutation();
  const [update, updating] = useUpdateTargetMutation();
  const [search, setSearch] = useSearchParams();
  const asked = search.get('ask');
  const onClose = () => {
    if (asked !== null) setSearch({}, { replace: true });
  };
  const operator = useRefusal('operator');
  const admin = useRefusal('admin');
  const fault = pausing.error ?? resuming.error ?? updating.error;
  return (
    <>
      {state === 'active' ? (
        <ConfirmButton
          label="Pause"
          icon={<IconPause />}
          refusal={operator}
          isBusy={pausing.isLoading}
          question={`Pause ${name}?`}
          consequence="Its deliveries wait until it is resumed. Nothing is dropped."
          isAsked={asked === 'pause'}
          onClose={onClose}
          onConfirm={() => void pause(id)}
        />
      ) : state === 'paused' && asked === 'resume' ? (
        <ConfirmButton
          label="Resume"
          icon={<IconPlay />}
          look="plain"
          refusal={operator}
          question={`Resume ${name}?`}
          consequence="The deliveries that wait for it are sent."
          isAsked
          onClose={onClose}
          onConfirm={() => void resume(id)}
        />
      ) : (
        <Button
          look="primary"
          icon={<IconPlay />}
          refusal={operator}
          isBusy={resuming.isLoading}
          onClick={() => void resume(id)}
        >
          {state === 'disabled' ? 'Enable' : 'Resume'}
        </Button>
      )}
      {state !== 'disabled' && (
        <ConfirmButton
          label="Disable"
          icon={<IconBan />}
          refusal={admin}
          isBusy={updating.isLoading}
          question={`Disable ${name}?`}
          consequence="It takes no replays, and its deliveries wait until it is enabled. Nothing is dropped."
          onConfirm={() => void update({ id, etag, change: { state: 'disabled' } })}
        />
      )}
      {fault !== undefined && <Problem problem={asProblem(fault)} />}
    </>
  );
}
