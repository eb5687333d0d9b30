/** For how long, in milliseconds, each of the rows has not had a new heartbeat. */
export type Silence = (
  rows: readonly { number: number; heartbeat_at: number }[],
  now: number,
) => ReadonlyMap<number, number>;

/** Three heartbeats: who has not looked for so long was itself kept away, as by an outage of the database. */
const LONGEST_PAUSE_MS = 6000;

/**
 * Measures silence by the own clock, from look to look: the clocks of two machines may differ by more than a silence lasts. What is seen for the first
 * time counts as just heard, and so do all after a pause, in which they could not be heard.
 */
export function createSilence(): Silence {
  let heard = new Map<number, { heartbeatAt: number; since: number }>();
  let lookedAt = -Infinity;
  return (rows, now) => {
    if (now - lookedAt > LONGEST_PAUSE_MS) heard.clear();
    lookedAt = now;
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
