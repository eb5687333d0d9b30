/** For how long, in milliseconds, each of the rows has not had a new heartbeat. */
export type Silence = (
  rows: readonly { number: number; heartbeat_at: number }[],
  now: number,
) => ReadonlyMap<number, number>;

/**
 * Measures silence by the own clock, from look to look: the clocks of two machines may differ by more than a silence lasts. What is seen for the first
 * time counts as just heard.
 */
export function createSilence(): Silence {
  let heard = new Map<number, { heartbeatAt: number; since: number }>();
  return (rows, now) => {
    heard = new Map(
      rows.map(({ number, heartbeat_at: heartbeatAt }) => {
        const before = heard.get(number);
        const isNews = before?.heartbeatAt !== heartbeatAt;
        return [number, { heartbeatAt, since: isNews ? now : before.since }];
      }),
    );
    return new Map([...heard].map(([number, { since }]) => [number, now - since]));
  };
}
