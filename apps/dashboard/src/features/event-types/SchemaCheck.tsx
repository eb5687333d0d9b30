import { Link } from 'react-router';
import { useTestEventSchemaQuery } from '../../api/event-types.ts';
import { problemOf } from '../../api/problem.ts';
import { paths } from '../../lib/paths.ts';
import { formatCount, plural, shortId } from '../../lib/text.ts';
import { Badge } from '../../ui/Badge/Badge.tsx';
import { IconAlert, IconCheck } from '../../ui/icons.ts';
import { Muted } from '../../ui/Muted/Muted.tsx';
import { Problem } from '../../ui/Problem/Problem.tsx';
import { FaultList } from './FaultList.tsx';
import styles from './EventTypes.module.css';

/** What the gateway says of a schema before it is a version: where it is stricter, and which stored events it would refuse. */
export function SchemaCheck(props: {
  name: string;
  schema: Record<string, unknown> | boolean;
  against: number | null;
}) {
  const { name, schema, against } = props;
  const { currentData: found, error } = useTestEventSchemaQuery({ name, body: { schema } });
  const problem = problemOf(error);
  if (problem !== null) return <Problem problem={problem} />;
  if (found === undefined) return <Muted>Checking …</Muted>;
  return (
    <section className={styles.result} aria-label="Compatibility" role="status">
      {against !== null &&
        (found.stricter.length === 0 ? (
          <Badge tone="good" icon={<IconCheck />}>
            Compatible: asks for nothing that version {against} does not
          </Badge>
        ) : (
          <>
            <Badge tone="warn" icon={<IconAlert />}>
              Stricter than version {against}
            </Badge>
            <FaultList label="Where it is stricter" faults={found.stricter} />
          </>
        ))}
      <Badge
        tone={found.failed === 0 ? 'good' : 'bad'}
        icon={found.failed === 0 ? <IconCheck /> : <IconAlert />}
      >
        {found.failed === 0
          ? `Fits all of the last ${plural(found.scanned, 'event')}`
          : `Would not fit ${formatCount(found.failed)} of the last ${plural(found.scanned, 'event')}`}
      </Badge>
      {found.samples.map((sample) => (
        <div key={sample.eventId}>
          <Link to={paths.event(sample.eventId)}>{shortId(sample.eventId)}</Link>
          <FaultList label={`What ${sample.eventId} breaks`} faults={sample.errors} />
        </div>
      ))}
    </section>
  );
}
