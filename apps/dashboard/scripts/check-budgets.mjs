/** Measures what a browser loads, from the build's manifest, and fails above the budgets of the design. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const dist = join(import.meta.dirname, '../dist');
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'));
const BUDGETS_KIB = {
  'first load JS': { must: 125, after: 105 },
  'first load CSS': { must: 12, after: 8 },
  screen: { must: 40, after: 25 },
  // The map of the flow and the editor bring libraries of their own.
  heavy: { must: 150, after: 120 },
};

const HEAVY = /^(CodeEditor|FlowMap)\//;

const gzipKib = (files) =>
  [...files].reduce(
    (sum, file) => sum + gzipSync(readFileSync(join(dist, file)), { level: 9 }).length,
    0,
  ) / 1024;

/** The entry and everything that it imports statically. */
function closure(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const imported of manifest[key].imports ?? []) closure(imported, seen);
  return seen;
}

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const first = closure(entry);
const scripts = (keys) => new Set([...keys].map((key) => manifest[key].file));
const styles = (keys) => new Set([...keys].flatMap((key) => manifest[key].css ?? []));

const rows = [
  { what: 'first load JS', kib: gzipKib(scripts(first)), budget: BUDGETS_KIB['first load JS'] },
  { what: 'first load CSS', kib: gzipKib(styles(first)), budget: BUDGETS_KIB['first load CSS'] },
];
for (const key of Object.keys(manifest).filter((name) => manifest[name].isDynamicEntry)) {
  const further = [...closure(key)].filter((name) => !first.has(name));
  const name = key.replace(/^src\/(?:features|ui)\//, '').replace(/\.tsx?$/, '');
  const kib = gzipKib(scripts(further)) + gzipKib(styles(further));
  const budget = HEAVY.test(name) ? BUDGETS_KIB.heavy : BUDGETS_KIB.screen;
  rows.push({ what: `screen ${name}`, kib, budget });
}

let failed = 0;
console.log(
  `${'what (gzip)'.padEnd(48)} ${'KiB'.padStart(7)} ${'must'.padStart(5)} ${'after'.padStart(6)}`,
);
for (const { what, kib, budget } of rows) {
  const verdict = kib > budget.must ? 'TOO BIG' : kib > budget.after ? 'over aim' : '';
  if (kib > budget.must) failed += 1;
  console.log(
    `${what.padEnd(48)} ${kib.toFixed(1).padStart(7)} ${String(budget.must).padStart(5)} ${String(budget.after).padStart(6)} ${verdict}`,
  );
}
if (failed > 0) {
  console.error(`${failed} of ${rows.length} are above their budget.`);
  process.exitCode = 1;
}
