import type { Event } from '@signalbox/api/contract';
import { Link } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { formatBytes } from '../../lib/text.ts';
import { exactTime } from '../../lib/time.ts';
import { Id } from '../../ui/Code/Id.tsx';
import { Facts } from '../../ui/Facts/Facts.tsx';

/** The attributes of an event, CloudEvents' and ours. */
export function EventFacts(props: { event: Event; sourceName: string | undefined }) {
  const { event, sourceName } = props;
  return (
    <Facts
      facts={[
        ['Id', <Id key="id" id={event.id} isWhole />],
        [
          'Event id',
          event.eventId === event.id ? null : <Id key="event-id" id={event.eventId} isWhole />,
        ],
        [
          'Source',
          <Link key="source" to={paths.source(event.sourceId)}>
            {sourceName ?? event.sourceId}
          </Link>,
        ],
        ['Source URI', event.source],
        ['Subject', event.subject],
        ['Time', event.time === null ? null : exactTime(Date.parse(event.time))],
        ['Content type', event.dataContentType],
        ['Data schema', event.dataSchema],
        ['Size', formatBytes(event.sizeBytes)],
        ['Trace', <Id key="trace" id={event.traceId} isWhole />],
        ['Note', event.statusDetail],
        ...Object.entries(event.extensions).map(([name, value]) => [name, String(value)] as const),
      ]}
    />
  );
}
