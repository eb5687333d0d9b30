import { useSearchParams } from 'react-router';
import { useGetEventTypeQuery } from '../../api/event-types.ts';
import { useSampleEventsQuery } from '../../api/events.ts';
import { problemOf } from '../../api/problem.ts';
import { paths } from '../../lib/paths.ts';
import { Badge } from '../../ui/Badge/Badge.tsx';
import { ButtonLink } from '../../ui/Button/Button.tsx';
import { Card } from '../../ui/Card/Card.tsx';
import { Columns } from '../../ui/Columns/Columns.tsx';
import { Page } from '../../ui/Page/Page.tsx';
import { Problem } from '../../ui/Problem/Problem.tsx';
import { SkeletonLines } from '../../ui/Skeleton/Skeleton.tsx';
import { Stack } from '../../ui/Stack/Stack.tsx';
import { EventTypeFacts } from './EventTypeFacts.tsx';
import { NewSchema } from './NewSchema.tsx';
import { SchemaVersions } from './SchemaVersions.tsx';
import { ValidatePayload } from './ValidatePayload.tsx';

/** Enough to see what members come and go. */
const SAMPLES = 50;
const PARENT = { to: paths.eventTypes, label: 'Event types' };

/** One event type: its schemas by version, a payload to try, and the next version. */
export function EventTypePage() {
  const [params] = useSearchParams();
  const name = params.get('name') ?? '';
  const { currentData: type, error } = useGetEventTypeQuery(name);
  const { currentData: samples } = useSampleEventsQuery({ type: [name], limit: SAMPLES });
  const problem = problemOf(error);
  const sample = samples?.[0];
  return (
    <Page
      title={name}
      parent={PARENT}
      meta={type?.registered === false && <Badge tone="quiet">Not registered</Badge>}
      actions={<ButtonLink to={paths.eventsOf({ type: name })}>Its events</ButtonLink>}
    >
      {problem !== null && <Problem problem={problem} />}
      {type === undefined && problem === null && (
        <Card>
          <SkeletonLines lines={10} label="Reading the event type" />
        </Card>
      )}
      {type !== undefined && samples !== undefined && (
        <Columns key={type.name} first={1.3}>
          <Stack>
            <SchemaVersions type={type} />
            <NewSchema type={type} samples={samples} />
          </Stack>
          <Stack>
            <EventTypeFacts key={type.etag} type={type} />
            <ValidatePayload type={type} sample={sample} />
          </Stack>
        </Columns>
      )}
    </Page>
  );
}
