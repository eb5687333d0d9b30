import type { Config } from '../config.ts';
import type { Clock } from '../domain/clock.ts';
import type { Logger } from '../log.ts';
import { openCloudWatch } from '../monitoring/cloudwatch/open-cloudwatch.ts';
import { createProcessFigures } from '../monitoring/cloudwatch/process-figures.ts';
import { createRequestTally } from '../monitoring/cloudwatch/request-tally.ts';
import { startPublisher } from '../monitoring/cloudwatch/start-publisher.ts';
import { createStoreFigures } from '../monitoring/cloudwatch/store-figures.ts';
import type { Store } from '../store/store.ts';

/** What requests are counted by, and the publishing itself. */
export interface CloudWatch {
  observe: ReturnType<typeof createRequestTally>['observe'];
  start(): void;
  stop(): Promise<void>;
}

const OFF: CloudWatch = {
  observe: () => undefined,
  start: () => undefined,
  stop: () => Promise.resolve(),
};

/** Publishes figures to CloudWatch where a namespace is set; otherwise not even the SDK is loaded. */
export async function wireCloudWatch(deps: {
  config: Pick<Config, 'cloudWatchNamespace' | 'cloudWatchEnvironment'>;
  store: Store;
  clock: Clock;
  logger: Logger;
}): Promise<CloudWatch> {
  const { config, store, clock, logger } = deps;
  if (config.cloudWatchNamespace === null) return OFF;
  const requests = createRequestTally();
  const { send, close } = await openCloudWatch({
    namespace: config.cloudWatchNamespace,
    environment: config.cloudWatchEnvironment,
  });
  let publisher: ReturnType<typeof startPublisher> | null = null;
  return {
    observe: (request) => requests.observe(request),
    start() {
      publisher ??= startPublisher({
        store,
        clock,
        send,
        processFigures: createProcessFigures(clock, requests),
        storeFigures: createStoreFigures({ store, clock }),
        log: (level, message, fields) => logger[level](fields, message),
      });
    },
    async stop() {
      await publisher?.stop();
      close();
    },
  };
}
