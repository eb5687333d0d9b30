import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  // Would copy style sheets that are still loading into style elements, against the page's policy; none of these rules reads them.
  preload: { assets: ['media'] },
};

/** What axe finds wrong with the page as it is now, one line each. The page's own CSP stays in force. */
export async function audit(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const results = await page.evaluate(
    (rules) =>
      (globalThis as unknown as { axe: { run(rules: RunOptions): Promise<AxeResults> } }).axe.run(
        rules,
      ),
    RULES,
  );
  return results.violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${node.target.join(' ')}: ${node.html}`),
  );
}
