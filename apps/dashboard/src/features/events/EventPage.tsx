import type { Event } from '@signalbox/api/contract';
import { useParams } from 'react-router';
import { useGetEventQuery } from '../../api/events.ts';
import { useSourceName } from '../../api/names.ts';
import { asProblem } from '../../api/problem.ts';
import { curlEvent } from '../../lib/curl.ts';
import { paths } from '../../lib/paths.ts';
import { EventBadge } from '../../ui/Badge/StateBadge.tsx';
import { Card } from '../../ui/Card/Card.tsx';
import { Code } from '../../ui/Code/Code.tsx';
import { Columns } from '../../ui/Columns/Columns.tsx';
import { Muted } from '../../ui/Muted/Muted.tsx';
import { Page } from '../../ui/Page/Page.tsx';
import { Problem } from '../../ui/Problem/Problem.tsx';
import { SkeletonLines } from '../../ui/Skeleton/Skeleton.tsx';
import { Stack } from '../../ui/Stack/Stack.tsx';
import { Time } from '../../ui/Time/Time.tsx';
import { EventDeliveries } from './EventDeliveries.tsx';
import { EventFacts } from './EventFacts.tsx';
import { Explain } from './Explain.tsx';
import { ReplayButton } from './ReplayButton.tsx';
import { payloadText } from './payload-text.ts';

const PARENT = { to: paths.events, label: 'Events' };

export function EventPage() {
  const { id = '' } = useParams();
  const { currentData: event, error } = useGetEventQuery(id);
  if (error !== undefined) {
    return (
      <Page title="Event" parent={PARENT}>
        <Problem problem={asProblem(error)} />
      </Page>
    );
  }
  if (event === undefined) {
    return (
      <Page title="Event" parent={PARENT}>
        <Card>
          <SkeletonLines lines={10} label="Reading the event" />
        </Card>
      </Page>
    );
  }
  return (
    <Page
      title={event.type}
      parent={PARENT}
      meta={
        <>
          <EventBadge status={event.status} />
          <Muted isInline>
            received <Time at={event.receivedAt} />
          </Muted>
        </>
      }
      actions={<ReplayButton filters={{ id: event.id }} />}
    >
      <Columns first={1.6} secondLeastPx={360}>
        <Stack>
          <EventDeliveries event={event} />
          <Explain eventId={event.id} />
        </Stack>
        <Stack>
          <Attributes event={event} />
          <Card title="Payload">
            <Code label="Text of the payload" text={payloadText(event)} tall />
          </Card>
          <Card title="Send it again">
            <Code
              label="Command that sends an event like this"
              text={curlEvent(window.location.origin, '<key>', {
                type: event.type,
                ...(event.subject === null ? {} : { subject: event.subject }),
                data: event.data ?? null,
              })}
            />
          </Card>
        </Stack>
      </Columns>
    </Page>
  );
}

function Attributes({ event }: { event: Event }) {
  const sourceName = useSourceName();
  return (
    <Card title="Attributes">
      <EventFacts event={event} sourceName={sourceName(event.sourceId)} />
    </Card>
  );
}
