import { toWireDelivery, toWireEvent } from '../contract/from-domain.ts';
import type { StreamMessageName, StreamMessages } from '../contract/stream.ts';
import type { Change, ChangedKind } from '../store/store.ts';

/** One change as the stream tells it. */
export interface StreamMessage {
  name: StreamMessageName;
  /** For `Last-Event-ID`. */
  position: string;
  change: Change;
  /** The server-sent event; made on the first call, then shared by all connections. */
  text(): string;
}

const RESOURCE_MESSAGES: Partial<
  Record<
    ChangedKind,
    'target.updated' | 'source.updated' | 'subscription.updated' | 'alert.raised' | 'alert.updated'
  >
> = {
  target: 'target.updated',
  source: 'source.updated',
  subscription: 'subscription.updated',
  'alert.raised': 'alert.raised',
  'alert.updated': 'alert.updated',
};

/** A server-sent event (HTML standard, section 9.2). JSON holds no line break, so the data is one line. */
export function formatMessage<N extends StreamMessageName>(
  name: N,
  position: string | null,
  data: StreamMessages[N],
): string {
  const id = position === null ? '' : `id: ${position}\n`;
  return `${id}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** Null for changes that the stream does not speak of. */
function toMessage(change: Change): StreamMessage | null {
  const name =
    change.kind === 'resource.changed' ? RESOURCE_MESSAGES[change.resource] : change.kind;
  if (name === undefined) return null;
  let text: string | null = null;
  return { name, position: change.position, change, text: () => (text ??= formatChange(change)) };
}

function formatChange(change: Change): string {
  const { position } = change;
  switch (change.kind) {
    case 'event.accepted':
      return formatMessage(change.kind, position, toWireEvent(change.event, false));
    case 'delivery.updated':
      return formatMessage(change.kind, position, toWireDelivery(change.delivery));
    case 'resource.changed': {
      const name = RESOURCE_MESSAGES[change.resource];
      return name === undefined ? '' : formatMessage(name, position, { id: change.id });
    }
  }
}

/**
 * The messages of one reading. A delivery that changed twice in it was read twice in its newest state: it is told once, at the
 * later place.
 */
export function toMessages(changes: readonly Change[]): StreamMessage[] {
  const seen = new Set<string>();
  const messages: StreamMessage[] = [];
  for (const change of changes.toReversed()) {
    if (change.kind === 'delivery.updated') {
      if (seen.has(change.delivery.id)) continue;
      seen.add(change.delivery.id);
    }
    const message = toMessage(change);
    if (message) messages.push(message);
  }
  return messages.reverse();
}
