import { JOIN_STEPS } from './limits.ts';
import { spend, type MatchBudget } from './match-budget.ts';

/** What a key leads to: its own value, and the dotted keys that begin with it as an object of what follows. */
export function valuesUnder(
  object: Record<string, unknown>,
  key: string,
  budget: MatchBudget,
): unknown[] {
  const values: unknown[] = Object.hasOwn(object, key) ? [object[key]] : [];
  const start = `${key}.`;
  let rest: Record<string, unknown> | null = null;
  for (const dotted in object) {
    const leads = dotted.startsWith(start);
    spend(budget, leads ? JOIN_STEPS : 1);
    if (!leads) continue;
    rest ??= Object.create(null) as Record<string, unknown>;
    rest[dotted.slice(start.length)] = object[dotted];
  }
  if (rest) values.push(rest);
  return values;
}
