import type { Store } from '../store/store.ts';
import type { Connection } from './connection.ts';
import { formatMessage, toMessages } from './messages.ts';
import type { View } from './view.ts';

type Feed = Pick<Store, 'changes' | 'changePosition'>;

/** The first thing on every stream: how soon to connect again, and proof that the stream is open. */
export const GREETING = 'retry: 1000\n: signalbox\n\n';

const PAGE = 200;
/** A reader further behind reloads sooner than it reads all this. */
const MAX_CHANGES = 20_000;

/**
 * Sends a returning reader everything since its position, in order and without a gap, as fast as it reads. Answers where it
 * stands then. Where the position is not kept any more, or too much has happened, it is told to reload (`reset`).
 */
export async function catchUp(
  store: Feed,
  connection: Connection,
  view: View,
  lastEventId: string,
): Promise<string> {
  let after = lastEventId;
  for (let passed = 0; connection.isOpen();) {
    const page = await store.changes({ after, limit: PAGE, thin: false });
    if (after === lastEventId) connection.push(GREETING);
    if (page.reset) return reset(connection, page.position, 'position_not_kept');
    send(connection, view, page.changes);
    if (page.position === after) break;
    after = page.position;
    passed += page.changes.length;
    if (passed > MAX_CHANGES) {
      return reset(connection, await store.changePosition(), 'too_far_behind');
    }
    await connection.whenReady();
  }
  return after;
}

/**
 * The last step, while no live reading runs: sends what came since, and answers the positions sent. Afterwards the reader stands
 * at or past the position of the live reading, and what that brings again is known by its positions.
 */
export async function closeGap(
  store: Pick<Feed, 'changes'>,
  connection: Connection,
  view: View,
  from: string,
): Promise<{ position: string; sent: ReadonlySet<string> }> {
  const sent = new Set<string>();
  let position = from;
  for (;;) {
    const page = await store.changes({ after: position, limit: PAGE, thin: false });
    if (page.reset) {
      return { position: reset(connection, page.position, 'position_not_kept'), sent };
    }
    send(connection, view, page.changes);
    for (const change of page.changes) sent.add(change.position);
    // Unchanged: nothing more is there. A short page says less, since records may have left with retention.
    if (page.position === position) return { position, sent };
    position = page.position;
  }
}

function send(connection: Connection, view: View, changes: Parameters<typeof toMessages>[0]): void {
  const chunk = toMessages(changes)
    .filter((message) => view.wants(message))
    .map((message) => message.text())
    .join('');
  if (chunk !== '') connection.push(chunk);
}

function reset(connection: Connection, position: string, reason: string): string {
  connection.push(formatMessage('reset', position, { reason }));
  return position;
}
