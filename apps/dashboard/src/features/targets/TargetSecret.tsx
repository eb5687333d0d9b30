import type { Target } from '@signalbox/api/contract';
import { asProblem } from '../../api/problem.ts';
import { useRefusal } from '../../api/roles.ts';
import { useRotateTargetSecretMutation } from '../../api/targets.ts';
import { ButtonRow } from '../../ui/ButtonRow/ButtonRow.tsx';
import { Card } from '../../ui/Card/Card.tsx';
import { Code } from '../../ui/Code/Code.tsx';
import { ConfirmButton } from '../../ui/Dialog/Confirm.tsx';
import { IconKey } from '../../ui/icons.ts';
import { Muted } from '../../ui/Muted/Muted.tsx';
import { Problem } from '../../ui/Problem/Problem.tsx';
import { Stack } from '../../ui/Stack/Stack.tsx';
import { SecretShownOnce } from './SecretShownOnce.tsx';

/** The signing secret: it can be changed, never read again. */
export function TargetSecret({ target }: { target: Target }) {
  const [rotate, { data, error, isLoading }] = useRotateTargetSecretMutation();
  const refusal = useRefusal('admin');
  return (
    <Card title="Secret">
      <Stack gap={3}>
        {data === undefined ? (
          <Muted>
            It was shown when the target was made. After a rotation the old one goes on signing for
            24 hours beside the new one.
          </Muted>
        ) : (
          <SecretShownOnce target={data} />
        )}
        {data === undefined && target.publicKey !== null && (
          <Code label="Public key" text={target.publicKey} wraps />
        )}
        <ButtonRow>
          <ConfirmButton
            label="Rotate"
            icon={<IconKey />}
            refusal={refusal}
            isBusy={isLoading}
            question={`Rotate the signing secret of ${target.name}?`}
            consequence="A new secret is made and shown once. The old one goes on signing for 24 hours."
            onConfirm={() => void rotate(target.id)}
          />
        </ButtonRow>
        {error !== undefined && <Problem problem={asProblem(error)} />}
      </Stack>
    </Card>
  );
}
