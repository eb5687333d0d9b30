import type { ReplaySummary } from '@signalbox/api/contract';
import { asProblem } from '../../api/problem.ts';
import { useActOnReplayMutation } from '../../api/replays.ts';
import { useRefusal } from '../../api/roles.ts';
import { Button } from '../../ui/Button/Button.tsx';
import { ConfirmButton } from '../../ui/Dialog/Confirm.tsx';
import { IconBan, IconPause, IconPlay } from '../../ui/icons.ts';
import { Problem } from '../../ui/Problem/Problem.tsx';

/** Pauses, resumes and cancels a replay that has not ended. */
export function ReplayButtons({ replay, name }: { replay: ReplaySummary; name: string }) {
  const [act, { isLoading, error }] = useActOnReplayMutation();
  const refusal = useRefusal('operator');
  const { id, state, kind } = replay;
  if (state !== 'running' && state !== 'paused') return null;
  return (
    <>
      {state === 'running' ? (
        <Button
          icon={<IconPause />}
          refusal={refusal}
          isBusy={isLoading}
          onClick={() => void act({ id, action: 'pause' })}
        >
          Pause
        </Button>
      ) : (
        <Button
          look="primary"
          icon={<IconPlay />}
          refusal={refusal}
          isBusy={isLoading}
          onClick={() => void act({ id, action: 'resume' })}
        >
          Resume
        </Button>
      )}
      <ConfirmButton
        label="Cancel"
        icon={<IconBan />}
        refusal={refusal}
        isBusy={isLoading}
        question={`Cancel the replay “${name}”?`}
        consequence={
          kind === 'replay'
            ? 'It makes no more deliveries, and those that wait are cancelled. What was sent stays sent.'
            : 'It goes through no more dead letters. What it has done stays done.'
        }
        onConfirm={() => void act({ id, action: 'cancel' })}
      />
      {error !== undefined && <Problem problem={asProblem(error)} />}
    </>
  );
}
