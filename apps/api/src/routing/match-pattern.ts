import type { CompiledPattern } from './compiled-pattern.ts';
import { evaluate } from './evaluate.ts';
import { createMatchBudget } from './match-budget.ts';
import { FAILED } from './outcome.ts';
import { canonicalRoot } from './root-aliases.ts';

/**
 * Whether the document meets the pattern. Throws `GatewayError('invalid_event')` when that takes too many steps.
 * @param document from `toDocument`, or any JSON object (EventBridge's `detail` and `detail-type` are understood)
 */
export function matchPattern(pattern: CompiledPattern, document: unknown): boolean {
  const root = canonicalRoot(document);
  const budget = createMatchBudget();
  return pattern.combinations.some(
    (combination) => evaluate(combination.root, root, budget) !== FAILED,
  );
}
