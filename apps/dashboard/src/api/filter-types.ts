import type { DeliveryListQuery, EventListQuery } from '@signalbox/api/contract';

type Known<Names, Query> = Extract<Names, keyof Query>;
type Filters<Many extends string, One extends string> = Partial<
  Record<Many, string[]> & Record<One, string>
>;

/** The filters of the events list; repeatable ones are lists of alternatives. */
export type EventFilterArgs = Filters<
  Known<'source' | 'sourceId' | 'type' | 'subject' | 'status', EventListQuery>,
  Known<'receivedAfter' | 'receivedBefore' | 'q', EventListQuery>
>;

/** The filters of the deliveries list. */
export type DeliveryFilterArgs = Filters<
  Known<
    | 'state'
    | 'eventId'
    | 'targetId'
    | 'subscriptionId'
    | 'sourceId'
    | 'type'
    | 'reason'
    | 'codeClass'
    | 'errorKind'
    | 'replayId'
    | 'orderingKey',
    DeliveryListQuery
  >,
  Known<'createdAfter' | 'createdBefore', DeliveryListQuery>
>;
