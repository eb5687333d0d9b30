import type { CompiledPattern } from './compiled-pattern.ts';
import { evaluate, FAILED } from './evaluate.ts';
import { canonicalRoot } from './root-aliases.ts';

/**
 * Whether the document meets the pattern.
 * @param document from `toDocument`, or any JSON object (EventBridge's `detail` and `detail-type` are understood)
 */
export function matchPattern(pattern: CompiledPattern, document: unknown): boolean {
  const root = canonicalRoot(document);
  return pattern.combinations.some((combination) => evaluate(combination.root, root) !== FAILED);
}
