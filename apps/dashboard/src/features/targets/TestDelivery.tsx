import { asProblem } from '../../api/problem.ts';
import { useRefusal } from '../../api/roles.ts';
import { useTestTargetMutation } from '../../api/targets.ts';
import { reasonText } from '../../lib/text.ts';
import { formatDuration } from '../../lib/time.ts';
import { Badge } from '../../ui/Badge/Badge.tsx';
import { Button } from '../../ui/Button/Button.tsx';
import { Code } from '../../ui/Code/Code.tsx';
import { IconAlert, IconCheck, IconDelivering } from '../../ui/icons.ts';
import { Problem } from '../../ui/Problem/Problem.tsx';
import styles from './Targets.module.css';

/** Sends one signed request to a target at once and shows how it answered. */
export function TestDelivery({ targetId }: { targetId: string }) {
  const [test, { data, error, isLoading }] = useTestTargetMutation();
  const refusal = useRefusal('operator');
  return (
    <div className={styles.stack}>
      <div className={styles.buttons}>
        <Button
          icon={<IconDelivering />}
          isBusy={isLoading}
          refusal={refusal}
          onClick={() => void test(targetId)}
        >
          Send a test delivery
        </Button>
        {data !== undefined && (
          <span className={styles.buttons} role="status">
            <Badge
              tone={data.delivered ? 'good' : 'bad'}
              icon={data.delivered ? <IconCheck /> : <IconAlert />}
            >
              {data.statusCode === null
                ? reasonText(data.errorKind ?? 'no answer')
                : `HTTP ${data.statusCode}`}
            </Badge>
            <span className={styles.muted}>
              {formatDuration(data.durationMs)}
              {data.error !== null && ` · ${data.error}`}
            </span>
          </span>
        )}
      </div>
      {data?.responseBody != null && data.responseBody !== '' && (
        <Code label="Body of the answer" text={data.responseBody} />
      )}
      {error !== undefined && <Problem problem={asProblem(error)} />}
    </div>
  );
}
