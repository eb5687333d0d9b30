import { ApiError, signIn, UnreachableError } from './api-client.ts';
import { collectDeliveries, waitForDeliveries } from './collect-deliveries.ts';
import { readOptions, USAGE, UsageError, type Options } from './options.ts';
import { loadPayloads } from './payloads.ts';
import { showProgress } from './progress.ts';
import { startReceiver, type Receiver } from './receiver.ts';
import { printReport, type Conservation } from './report.ts';
import { sendEvents, startCounting, type Sent } from './send-events.ts';
import { setUp } from './set-up.ts';

const DRAIN_TIMEOUT_MS = 120_000;
/** The gateway's clock may be a little behind ours. */
const CLOCK_ALLOWANCE_MS = 60_000;

async function run(options: Options): Promise<boolean> {
  const api = await signIn(options.url, options.email, options.password);
  const receiver = await startReceiver(options.deadLetters);
  try {
    const made = await setUp(api, receiver);
    const subscriptionIds = [...made.nameOfSubscription.keys()];
    const createdAfter = new Date(Date.now() - CLOCK_ALLOWANCE_MS);
    console.log(
      `Watch it at ${options.url}${options.events === Infinity ? ', Ctrl-C ends it' : ''}`,
    );

    const sent = startCounting();
    let isStopped = false;
    process.once('SIGINT', () => {
      isStopped = true;
    });
    const progress = showProgress(() => describe(options, sent, receiver));
    await sendEvents(options, made.sourceKey, loadPayloads(), sent, () => isStopped);
    const isDrained = await waitForDeliveries(api, subscriptionIds, DRAIN_TIMEOUT_MS);
    progress.stop();
    if (!isDrained) console.log(`Some deliveries are still open after ${DRAIN_TIMEOUT_MS} ms.`);

    const { eventIds } = sent;
    const deliveries = await collectDeliveries(api, subscriptionIds, eventIds, createdAfter);
    const conservation = await api.get<Conservation>('/v1/metrics/conservation');
    return printReport({ sent, deliveries, receiver, setUp: made, conservation }) && isDrained;
  } finally {
    await receiver.close();
  }
}

function describe(options: Options, sent: Sent, receiver: Receiver): string {
  const { failedOnPurpose, verified } = receiver.counts();
  const total = options.events === Infinity ? '' : ` of ${options.events}`;
  return (
    `sent ${sent.sent}${total}  accepted ${sent.accepted}  routed to ${sent.deliveriesMade} deliveries  ` +
    `verified ${verified} requests  failed on purpose ${failedOnPurpose}`
  );
}

function explainFailure(error: unknown): number {
  if (error instanceof UsageError) {
    console.error(`${error.message}\n\n${USAGE}`);
    return 2;
  }
  if (error instanceof UnreachableError) {
    console.error(`${error.message} Start one with "npm start", or pass --url.`);
    return 2;
  }
  if (error instanceof ApiError && error.statusCode === 401) {
    console.error(`${error.message}\nPass --email and --password of a user of this gateway.`);
    return 2;
  }
  console.error(error instanceof Error ? error.message : error);
  return 1;
}

try {
  process.exitCode = (await run(await readOptions(process.argv.slice(2)))) ? 0 : 1;
} catch (error) {
  process.exitCode = explainFailure(error);
}
