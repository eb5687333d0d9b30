/** The elements of an array that are not arrays themselves, in order, however deeply nested. Never recurses. */
export function flatten(array: readonly unknown[]): readonly unknown[] {
  if (!array.some(Array.isArray)) return array;
  const elements: unknown[] = [];
  const open: { items: readonly unknown[]; next: number }[] = [{ items: array, next: 0 }];
  for (let level = open.at(-1); level; level = open.at(-1)) {
    if (level.next >= level.items.length) {
      open.pop();
      continue;
    }
    const item = level.items[level.next];
    level.next += 1;
    if (Array.isArray(item)) open.push({ items: item, next: 0 });
    else elements.push(item);
  }
  return elements;
}
