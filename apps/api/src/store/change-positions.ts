/** A place in the change feed: after a whole row (`index` -1), or after one item inside it. */
export interface FeedPosition {
  row: number;
  index: number;
}

/** Reads `<row>` or `<row>.<index>`; null for anything else. */
export function readPosition(text: string): FeedPosition | null {
  const match = /^(\d{1,15})(?:\.(\d{1,9}))?$/.exec(text);
  if (!match) return null;
  return { row: Number(match[1]), index: match[2] === undefined ? -1 : Number(match[2]) };
}

/** Chooses `limit` of `total` things, spread evenly, the last one always among them. */
export function chooseEvenly(total: number, limit: number): (index: number) => boolean {
  if (total <= limit) return () => true;
  return (index) => Math.floor(((index + 1) * limit) / total) > Math.floor((index * limit) / total);
}
