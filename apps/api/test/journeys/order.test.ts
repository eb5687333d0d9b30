import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { runOrderedJourney, type OrderedArrivals } from '../support/ordered-journey.ts';
import { currentShape, describeEmbedded } from '../support/shape.ts';
import { startGateway, type GatewayProcess } from '../support/start-gateway.ts';
import { startVictim, type Victim } from '../support/start-victim.ts';

const TEST_TIMEOUT_MS = 120_000;

function expectOrder({ sent, arrived, failed }: OrderedArrivals): void {
  expect(Object.fromEntries(arrived)).toEqual(Object.fromEntries(sent));
  expect(failed).toBeGreaterThan(0);
}

describe('an ordered subscription whose receiver fails at random', () => {
  let victim: Victim;

  beforeEach(async () => {
    victim = await startVictim(currentShape());
  }, TEST_TIMEOUT_MS);
  afterEach(() => victim.remove());

  test(
    'delivers each key in order without a gap, though every process is killed in the middle',
    async () => {
      const arrivals = await runOrderedJourney({
        urls: () => [victim.url],
        async restart() {
          await victim.killAll();
          await victim.start();
        },
      });
      expectOrder(arrivals);
    },
    TEST_TIMEOUT_MS,
  );
});

describeEmbedded(
  'an ordered subscription of two processes on one file',
  'needs to know which of them a request goes to',
  () => {
    let dataFolder: string;
    let gateways: GatewayProcess[];

    beforeEach(async () => {
      dataFolder = await mkdtemp(join(tmpdir(), 'signalbox-order-'));
      gateways = [await startGateway(dataFolder), await startGateway(dataFolder)];
    });
    afterEach(async () => {
      await Promise.all(gateways.map((gateway) => gateway.kill()));
      await rm(dataFolder, { recursive: true, force: true });
    });

    test(
      'delivers each key in order without a gap, though they are asked in turns and one is killed',
      async () => {
        const arrivals = await runOrderedJourney({
          urls: () => gateways.map(({ url }) => url),
          async restart() {
            await gateways[1]?.kill();
            gateways.splice(1, 1, await startGateway(dataFolder));
          },
        });
        expectOrder(arrivals);
      },
      TEST_TIMEOUT_MS,
    );
  },
);
