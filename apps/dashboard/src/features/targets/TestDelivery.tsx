import { asProblem } from '../../api/problem.ts';
import { useRefusal } from '../../api/roles.ts';
import { useTestTargetMutation } from '../../api/targets.ts';
import { reasonText } from '../../lib/text.ts';
import { formatDuration } from '../../lib/time.ts';
import { Badge } from '../../ui/Badge/Badge.tsx';
import { Button } from '../../ui/Button/Button.tsx';
import { ButtonRow } from '../../ui/ButtonRow/ButtonRow.tsx';
import { Code } from '../../ui/Code/Code.tsx';
import { IconAlert, IconCheck, IconDelivering } from '../../ui/icons.ts';
import { Muted } from '../../ui/Muted/Muted.tsx';
import { Problem } from '../../ui/Problem/Problem.tsx';
import { Stack } from '../../ui/Stack/Stack.tsx';

/** Sends one signed request to a target at once and shows how it answered. */
export function TestDelivery({ targetId }: { targetId: string }) {
  const [test, { data, error, isLoading }] = useTestTargetMutation();
  const refusal = useRefusal('operator');
  return (
    <Stack gap={3}>
      <ButtonRow>
        <Button
          icon={<IconDelivering />}
          isBusy={isLoading}
          refusal={refusal}
          onClick={() => void test(targetId)}
        >
          Send a test delivery
        </Button>
        {data !== undefined && (
          <ButtonRow role="status">
            <Badge
              tone={data.delivered ? 'good' : 'bad'}
              icon={data.delivered ? <IconCheck /> : <IconAlert />}
            >
              {data.statusCode === null
                ? reasonText(data.errorKind ?? 'no answer')
                : `HTTP ${data.statusCode}`}
            </Badge>
            <Muted isInline>
              {formatDuration(data.durationMs)}
              {data.error !== null && ` · ${data.error}`}
            </Muted>
          </ButtonRow>
        )}
      </ButtonRow>
      {data?.responseBody != null && data.responseBody !== '' && (
        <Code label="Body of the answer" text={data.responseBody} />
      )}
      {error !== undefined && <Problem problem={asProblem(error)} />}
    </Stack>
  );
}
