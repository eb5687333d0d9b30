/** `count` of the items, spread evenly and in their order; the newest is always among them. */
export function sampleEvenly<T>(items: readonly T[], count: number): readonly T[] {
  if (count >= items.length) return items;
  return items.filter(
    (_, index) =>
      Math.floor(((index + 1) * count) / items.length) > Math.floor((index * count) / items.length),
  );
}
