/**
 * What a hanging target does to the others: every event goes to two targets, at a steady rate. In one phase both answer at once, in the
 * next one of them takes each request and never answers. Prints the other's p99 from the due time of each event to its arrival, and how much it grew:
 * the median over the rounds of the ratio within a round. It goes on until the rounds agree well enough, at most as many as asked for; if they
 * never do, the median decides. Exit code 1 above the goal, or when an event was lost or doubled.
 */
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createChildren, type Children } from './control/children.ts';
import { createRemote } from './control/commands.ts';
import { median } from './load/percentile.ts';
import type { GeneratorCommands } from './processes/generator-commands.ts';
import type { Reception, ReceiverCommands } from './processes/receiver-commands.ts';
import { judgeRatios } from './report/judge-ratios.ts';
import { gatewaySettings, makeAdmin, openDoor, startInstance } from './systems/gateway-instance.ts';

const GOAL = 1.2;
const RATE_PER_SECOND = 100;
const QUIET_MS = 15_000;
const DATA_FOLDER = fileURLToPath(new URL('../data', import.meta.url));

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '15' },
    seconds: { type: 'string', default: '4' },
  },
});

/** A target that answers at once, or takes requests and keeps silent. */
async function startMoodyTarget(): Promise<{ url: string; hang(isHanging: boolean): void }> {
  let isHanging = false;
  const silent = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    request.resume();
    if (isHanging) silent.add(response);
    else response.writeHead(204).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    hang(next) {
      isHanging = next;
      // It comes to its senses: what waited is answered, and its lane is clear again for the next phase.
      if (!next) for (const response of silent) response.writeHead(204).end();
      silent.clear();
    },
  };
}

async function run(children: Children, folder: string): Promise<number> {
  const receiver = createRemote<ReceiverCommands>(
    children.forkScript(new URL('./processes/receiver.ts', import.meta.url)),
  );
  const generator = createRemote<GeneratorCommands>(
    children.forkScript(new URL('./processes/generator.ts', import.meta.url)),
  );
  const moody = await startMoodyTarget();
  const steadyUrl = `http://127.0.0.1:${await receiver.call('port', null)}/deliveries`;
  const admin = makeAdmin();
  const context = { children, folder, targetUrl: steadyUrl };
  const { child, port } = await startInstance(context, 'gateway', gatewaySettings(folder, admin));
  const door = await openDoor(port, admin, steadyUrl, moody.url);

  let firstSequence = 1;
  let faults = 0;
  const phase = async (isHanging: boolean): Promise<Reception> => {
    moody.hang(isHanging);
    await receiver.call('start', { firstSequence });
    const sending = await generator.call('openLoop', {
      door,
      firstSequence,
      ratePerSecond: RATE_PER_SECOND,
      seconds: Number(values.seconds),
    });
    await receiver.call('waitFor', { count: sending.accepted, quietMs: QUIET_MS });
    const { sent, refused } = sending;
    firstSequence += sent;
    const reception = await receiver.call('finish', { sent, refused });
    faults += reception.lost + reception.doubled + reception.unexpected + refused.length;
    return reception;
  };

  await phase(false);
  const ratios: number[] = [];
  const isOpen = () => judgeRatios(ratios, GOAL) === 'undecided';
  for (let round = 1; round <= Number(values.rounds) && isOpen(); round += 1) {
    // Every other round the other way about, so that a slow minute does not always hit the same phase.
    const order = round % 2 === 1 ? [false, true] : [true, false];
    const p99 = new Map<boolean, number>();
    for (const isHanging of order) p99.set(isHanging, (await phase(isHanging)).p99Milliseconds);
    const [quiet, beside] = [p99.get(false) ?? Number.NaN, p99.get(true) ?? Number.NaN];
    ratios.push(beside / quiet);
    console.log(
      `round ${round}  p99 ${quiet.toFixed(1)} ms, beside a hanging target ${beside.toFixed(1)} ms`,
    );
  }
  moody.hang(false);
  await children.stop(child);
  const growth = median(ratios);
  const isHeld = growth <= GOAL && faults === 0;
  console.log(
    `p99 beside a hanging target: ${growth.toFixed(2)} × (at most ${GOAL}), ${faults} lost, doubled or refused: ${isHeld ? 'held' : 'MISSED'}`,
  );
  return isHeld ? 0 : 1;
}

mkdirSync(DATA_FOLDER, { recursive: true });
const folder = mkdtempSync(join(DATA_FOLDER, 'isolation-'));
const children = createChildren();
process.on('exit', () => {
  children.killAll();
  rmSync(folder, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => process.exit(130));
}
process.exit(await run(children, folder));
