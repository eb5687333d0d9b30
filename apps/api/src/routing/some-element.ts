import { spend, type MatchBudget } from './match-budget.ts';

/**
 * Whether any element of an array is wanted, asking in order and no further than the first that is. Of an array within the
 * array the elements are asked, however deeply nested. Never recurses. Takes one step off the budget for each item it
 * comes to, inner arrays too, for they take time even when empty; throws when the budget is used up.
 */
export function someElement(
  array: readonly unknown[],
  budget: MatchBudget,
  isWanted: (element: unknown) => boolean,
): boolean {
  const around: { items: readonly unknown[]; next: number }[] = [];
  let items = array;
  let next = 0;
  for (;;) {
    if (next < items.length) {
      spend(budget, 1);
      const item = items[next];
      next += 1;
      if (Array.isArray(item)) {
        around.push({ items, next });
        items = item;
        next = 0;
      } else if (isWanted(item)) return true;
    } else {
      const outer = around.pop();
      if (!outer) return false;
      ({ items, next } = outer);
    }
  }
}
