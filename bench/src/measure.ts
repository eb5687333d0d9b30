import { readCpuMicroseconds, readMemoryMebibytes } from './control/process-tree.ts';
import type { Remote } from './control/commands.ts';
import type { GeneratorCommands, Sending } from './processes/generator-commands.ts';
import type { ReceiverCommands, Reception } from './processes/receiver-commands.ts';
import type { RunningSystem } from './systems/system.ts';

/** What one system did in one round. A batch figure is null where the system takes no batches. */
export interface Figures {
  endToEndPerSecond: number;
  acceptedPerSecond: number;
  cpuMicrosecondsPerEvent: number;
  /** Part of the CPU time that a database server takes; null where there is none. */
  databaseMicrosecondsPerEvent: number | null;
  p50At200Milliseconds: number;
  p99At200Milliseconds: number;
  p50At1000Milliseconds: number;
  p99At1000Milliseconds: number;
  idleMebibytes: number;
  peakMebibytes: number;
  batchAcceptedPerSecond: number | null;
  batchEndToEndPerSecond: number | null;
  sent: number;
  refused: number;
  lost: number;
  doubled: number;
  unexpected: number;
  firstRefusal: string | null;
}

export interface Instruments {
  generator: Remote<GeneratorCommands>;
  receiver: Remote<ReceiverCommands>;
}

interface Phase {
  sending: Sending;
  reception: Reception;
}

const CONNECTIONS = 64;
const BATCH_CONNECTIONS = 16;
const BATCH_SIZE = 100;
const BATCH_EVENTS = 24_000;
const FIRST_EVENTS_PER_SECOND = 20;
/** After three seconds V8's own threads, its compiler above all, still take a sixth of the CPU time of the gateway, which has the most code. */
const WARM_UP_SECONDS = 8;
/** When no delivery came for so long, what is missing counts as lost. */
const QUIET_MS = 15_000;
const MEMORY_SAMPLE_MS = 200;
const MICROSECONDS = 1_000_000;

/** Runs every phase of load against a system that has just started. */
export async function measureSystem(
  system: RunningSystem,
  instruments: Instruments,
  seconds: number,
): Promise<Figures> {
  const { generator } = instruments;
  const { door, processIds, databaseProcessIds } = system;
  const phases: Phase[] = [];
  let firstSequence = 1;
  const run = async (send: (firstSequence: number) => Promise<Sending>): Promise<Phase> => {
    const phase = await runPhase(instruments, firstSequence, send);
    firstSequence += phase.sending.sent;
    phases.push(phase);
    return phase;
  };
  const openLoop = (ratePerSecond: number, length: number) => (first: number) =>
    generator.call('openLoop', { door, firstSequence: first, ratePerSecond, seconds: length });
  const closedLoop = (length: number) => (first: number) =>
    generator.call('closedLoop', {
      door,
      firstSequence: first,
      connections: CONNECTIONS,
      seconds: length,
    });

  await run(openLoop(FIRST_EVENTS_PER_SECOND, 1));
  const idleMebibytes = readMemoryMebibytes(processIds);
  await run(closedLoop(WARM_UP_SECONDS));

  const readCpu = () => ({
    all: readCpuMicroseconds(processIds),
    database: readCpuMicroseconds(databaseProcessIds ?? []),
  });
  const cpuBefore = readCpu();
  const memory = watchMemory(processIds);
  const full = await run(closedLoop(seconds));
  const cpuAfter = readCpu();
  const peakMebibytes = memory.stop();

  const slow = await run(openLoop(200, seconds));
  const fast = await run(openLoop(1000, seconds));
  const batches = system.takesBatches
    ? await run((first) =>
        generator.call('batches', {
          door,
          firstSequence: first,
          connections: BATCH_CONNECTIONS,
          count: BATCH_EVENTS,
          batchSize: BATCH_SIZE,
        }),
      )
    : null;

  return {
    endToEndPerSecond: endToEndPerSecond(full),
    acceptedPerSecond: acceptedPerSecond(full),
    cpuMicrosecondsPerEvent: (cpuAfter.all - cpuBefore.all) / full.reception.delivered,
    databaseMicrosecondsPerEvent:
      databaseProcessIds === undefined
        ? null
        : (cpuAfter.database - cpuBefore.database) / full.reception.delivered,
    p50At200Milliseconds: slow.reception.p50Milliseconds,
    p99At200Milliseconds: slow.reception.p99Milliseconds,
    p50At1000Milliseconds: fast.reception.p50Milliseconds,
    p99At1000Milliseconds: fast.reception.p99Milliseconds,
    idleMebibytes,
    peakMebibytes,
    batchAcceptedPerSecond: batches && acceptedPerSecond(batches),
    batchEndToEndPerSecond: batches && endToEndPerSecond(batches),
    ...addUp(phases),
  };
}

async function runPhase(
  { receiver }: Instruments,
  firstSequence: number,
  send: (firstSequence: number) => Promise<Sending>,
): Promise<Phase> {
  await receiver.call('start', { firstSequence });
  const sending = await send(firstSequence);
  await receiver.call('waitFor', { count: sending.accepted, quietMs: QUIET_MS });
  const { sent, refused } = sending;
  return { sending, reception: await receiver.call('finish', { sent, refused }) };
}

/** From the first POST to the last arrival. */
function endToEndPerSecond({ sending, reception }: Phase): number {
  return (reception.delivered * MICROSECONDS) / (reception.lastArrivalAt - sending.startedAt);
}

/** From the first POST to the last answer. */
function acceptedPerSecond({ sending }: Phase): number {
  return (sending.accepted * MICROSECONDS) / (sending.endedAt - sending.startedAt);
}

function watchMemory(processIds: readonly number[]): { stop(): number } {
  let peak = readMemoryMebibytes(processIds);
  const timer = setInterval(() => {
    peak = Math.max(peak, readMemoryMebibytes(processIds));
  }, MEMORY_SAMPLE_MS);
  return {
    stop: () => {
      clearInterval(timer);
      return peak;
    },
  };
}

function addUp(
  phases: readonly Phase[],
): Pick<Figures, 'sent' | 'refused' | 'lost' | 'doubled' | 'unexpected' | 'firstRefusal'> {
  const sum = (read: (phase: Phase) => number): number =>
    phases.reduce((total, phase) => total + read(phase), 0);
  return {
    sent: sum(({ sending }) => sending.sent),
    refused: sum(({ sending }) => sending.refused.length),
    lost: sum(({ reception }) => reception.lost),
    doubled: sum(({ reception }) => reception.doubled),
    unexpected: sum(({ reception }) => reception.unexpected),
    firstRefusal: phases.find(({ sending }) => sending.firstRefusal)?.sending.firstRefusal ?? null,
  };
}
