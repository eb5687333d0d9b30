import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts CPU time in /proc in hundredths of a second on every architecture that Node runs on. */
const MICROSECONDS_PER_TICK = 10_000;

interface ProcessStat {
  processId: number;
  parentId: number;
  cpuTicks: number;
}

/** User + system CPU time in µs that `roots` and all their descendants have used since they started. */
export function readCpuMicroseconds(roots: readonly number[]): number {
  return readTree(roots).reduce((sum, stat) => sum + stat.cpuTicks, 0) * MICROSECONDS_PER_TICK;
}

/** Proportional set size of `roots` and all their descendants in MiB: shared pages are counted once. */
export function readMemoryMebibytes(roots: readonly number[]): number {
  let kibibytes = 0;
  for (const { processId } of readTree(roots)) {
    const rollup = readProcFile(processId, 'smaps_rollup');
    kibibytes += Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0);
  }
  return kibibytes / 1024;
}

function readTree(roots: readonly number[]): ProcessStat[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readStat(Number(name)))
    .filter((stat) => stat !== null);
  const members = new Set(roots);
  let size = 0;
  while (members.size !== size) {
    size = members.size;
    for (const stat of all) if (members.has(stat.parentId)) members.add(stat.processId);
  }
  return all.filter((stat) => members.has(stat.processId));
}

function readStat(processId: number): ProcessStat | null {
  const text = readProcFile(processId, 'stat');
  if (text === '') return null;
  // The name in parentheses may hold anything, so fields are counted behind it; see proc(5).
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [, parentId] = fields;
  return {
    processId,
    parentId: Number(parentId),
    cpuTicks: Number(fields[11]) + Number(fields[12]),
  };
}

function readProcFile(processId: number, name: string): string {
  try {
    return readFileSync(`/proc/${processId}/${name}`, 'utf8');
  } catch {
    // The process went away between the listing and the reading.
    return '';
  }
}
