import type { Clock } from '../domain/clock.ts';
import type { Connection } from './connection.ts';
import type { StreamMessage } from './messages.ts';
import { sampleEvenly } from './sample-evenly.ts';
import { createMatcher } from './stream-filter.ts';
import type { StreamFilter } from './stream-filter.ts';
import { createTokenBucket } from './token-bucket.ts';

/** All live connections that asked for the same: what they get is chosen, sampled and put together once. */
export interface View {
  readonly topics: readonly string[];
  readonly members: Map<Connection, Member>;
  wants(message: StreamMessage): boolean;
  /** @param leftOut changes that the reading itself passed over */
  deliver(messages: readonly StreamMessage[], leftOut: number): void;
  /** Messages left out since the view was made. */
  leftOut(): number;
}

export interface Member {
  /** Of the view's count, what was already told or came before this member. */
  leftOutTold: number;
  /** Positions that this member got while it caught up, and that the next reading brings again. */
  alreadySent: ReadonlySet<string> | null;
}

export interface RateLimit {
  messagesPerSecond: number;
  /** How many may come at once after a quiet time. */
  burst: number;
}

const THINNABLE = new Set<string>(['event.accepted', 'delivery.updated']);

/** @param crowding by how much more each message costs, 1 or more: with many streams open each gets fewer */
export function createView(
  clock: Clock,
  limit: RateLimit,
  topics: readonly string[],
  filter: StreamFilter,
  crowding: () => number = () => 1,
): View {
  const wants = createMatcher(topics, filter);
  const bucket = createTokenBucket(clock, limit.messagesPerSecond, limit.burst);
  const members = new Map<Connection, Member>();
  // What a reading passes over are events and deliveries, and it is not known which.
  const mayMiss = topics.some((topic) => THINNABLE.has(topic));
  let leftOut = 0;

  function sample(messages: readonly StreamMessage[]): readonly StreamMessage[] {
    const thinnable = messages.filter(({ name }) => THINNABLE.has(name));
    const cost = crowding();
    const room = Math.floor(bucket.take(Math.ceil(thinnable.length * cost)) / cost);
    if (room === thinnable.length) return messages;
    leftOut += thinnable.length - room;
    const chosen = new Set(sampleEvenly(thinnable, room));
    return messages.filter((message) => !THINNABLE.has(message.name) || chosen.has(message));
  }

  return {
    topics,
    members,
    wants,
    deliver(messages, passedOver) {
      if (mayMiss) leftOut += passedOver;
      const chosen = sample(messages.filter(wants));
      const chunk = chosen.map((message) => message.text()).join('');
      for (const [connection, member] of members) {
        const { alreadySent } = member;
        if (alreadySent) {
          member.alreadySent = null;
          const fresh = chosen.filter(({ position }) => !alreadySent.has(position));
          if (fresh.length > 0) connection.push(fresh.map((message) => message.text()).join(''));
        } else if (chunk !== '') {
          connection.push(chunk);
        }
      }
    },
    leftOut: () => leftOut,
  };
}
