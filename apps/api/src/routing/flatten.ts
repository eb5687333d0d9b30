import { spend, type MatchBudget } from './match-budget.ts';
import { someElement } from './some-element.ts';

/**
 * The elements of an array that are not arrays themselves, in order, however deeply nested. Never recurses. Takes steps
 * off the budget and throws as `someElement` does.
 */
export function flatten(array: readonly unknown[], budget: MatchBudget): readonly unknown[] {
  if (!array.some(Array.isArray)) {
    spend(budget, array.length);
    return array;
  }
  const elements: unknown[] = [];
  someElement(array, budget, (element) => {
    elements.push(element);
    return false;
  });
  return elements;
}
