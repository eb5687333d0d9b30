/** The ranges of the overview: name in the URL, words, length, and step of the charts in seconds. */
export const RANGES = [
  { key: '15m', words: '15 min', seconds: 900, stepSeconds: 60 },
  { key: '1h', words: '1 h', seconds: 3600, stepSeconds: 60 },
  { key: '6h', words: '6 h', seconds: 21_600, stepSeconds: 120 },
  { key: '24h', words: '24 h', seconds: 86_400, stepSeconds: 600 },
  { key: '7d', words: '7 d', seconds: 604_800, stepSeconds: 3600 },
  { key: '30d', words: '30 d', seconds: 2_592_000, stepSeconds: 14_400 },
] as const;
export type Range = (typeof RANGES)[number];

export function findRange(key: string | undefined): Range {
  return RANGES.find((range) => range.key === key) ?? RANGES[0];
}
