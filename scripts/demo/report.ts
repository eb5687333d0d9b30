import type { Delivery } from './collect-deliveries.ts';
import type { Receiver } from './receiver.ts';
import type { Sent } from './send-events.ts';
import type { SetUp } from './set-up.ts';

export interface Conservation {
  events: { accepted: number; balanced: boolean };
  deliveries: { made: number; balanced: boolean };
}

interface Outcome {
  sent: Sent;
  deliveries: readonly Delivery[];
  receiver: Receiver;
  setUp: SetUp;
  conservation: Conservation;
}

/** Prints the count of a run. True: everything that routing made was delivered and verified, or refused on purpose. */
export function printReport(outcome: Outcome): boolean {
  const { sent, deliveries, receiver, conservation } = outcome;
  const succeeded = deliveries.filter(({ state }) => state === 'succeeded');
  const dead = deliveries.filter(({ state }) => state === 'dead');
  const retried = deliveries.filter(({ attemptCount }) => attemptCount > 1);
  const verified = succeeded.filter((delivery) => wasTaken(outcome, delivery));
  const refused = dead.filter(({ reason }) => reason === 'http_422');
  const counts = receiver.counts();

  printRow('sent', sent.sent, 'events');
  printRow('accepted', sent.accepted, `events, of which ${sent.unmatched} matched no subscription`);
  printRow('made', sent.deliveriesMade, 'deliveries');
  printRow('delivered', succeeded.length, 'deliveries');
  printRow('verified', verified.length, 'of them with the Standard Webhooks library');
  printRow('retried', retried.length, `deliveries; ${counts.failedOnPurpose} failures on purpose`);
  printRow('dead', dead.length, 'deliveries');
  printDeadLetters(outcome, dead);
  for (const [failure, times] of sent.failures)
    console.log(`  not accepted, ${times} ×: ${failure}`);
  if (counts.forged > 0)
    console.log(`  ${counts.forged} requests carried a signature that does not fit`);
  const isBalanced = conservation.events.balanced && conservation.deliveries.balanced;
  console.log(
    `conservation: ${conservation.events.accepted} events and ${conservation.deliveries.made} deliveries ` +
      `in the store, ${isBalanced ? 'balanced' : 'NOT BALANCED'}`,
  );
  return (
    sent.accepted === sent.sent &&
    verified.length === succeeded.length &&
    succeeded.length + refused.length === sent.deliveriesMade &&
    deliveries.length === sent.deliveriesMade &&
    counts.forged === 0 &&
    isBalanced
  );
}

function wasTaken({ receiver, setUp }: Outcome, delivery: Delivery): boolean {
  const path = setUp.pathOfTarget.get(delivery.targetId) ?? '';
  return receiver.taken().has(`${path} ${delivery.eventId}`);
}

function printRow(title: string, count: number, what: string): void {
  console.log(`${title.padEnd(10)}${count.toLocaleString('en').padStart(8)}  ${what}`);
}

function printDeadLetters({ setUp }: Outcome, dead: readonly Delivery[]): void {
  for (const { id, eventType, subscriptionId, reason, reasonDetail } of dead) {
    const subscription = setUp.nameOfSubscription.get(subscriptionId) ?? subscriptionId;
    console.log(`  ${id}  ${eventType}  "${subscription}"`);
    console.log(`    ${reason ?? 'no reason'}: ${reasonDetail ?? ''}`);
  }
}
