import { defineScript } from '@redis/client';
import type { Ask } from '../ledger.ts';

/*
 * The scripts run by Redis' own clock, so the clocks of the machines need not agree. The arithmetic is that of `windows.ts`.
 */

const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;

/** Counts what was spent and grants what is wanted; answers granted, hits and the milliseconds left of the window. */
export const takeScript = defineScript({
  NUMBER_OF_KEYS: 1,
  SCRIPT: `${NOW}
local windowMs, limit, spent, want = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local heardHits, heardEndsInMs = tonumber(ARGV[5]), tonumber(ARGV[6])
local kept = redis.call('HMGET', KEYS[1], 'hits', 'endsAt')
local hits, endsAt = tonumber(kept[1]), tonumber(kept[2])
if not endsAt then
  if heardEndsInMs > 0 then
    hits, endsAt = heardHits, now + heardEndsInMs
  else
    hits, endsAt = 0, now + windowMs
  end
elseif now >= endsAt then
  local passed = 1 + math.floor((now - endsAt) / windowMs)
  hits = math.max(0, hits - passed * limit)
  endsAt = endsAt + passed * windowMs
end
hits = hits + spent
local granted = math.max(0, math.min(want, limit - hits))
hits = hits + granted
redis.call('HSET', KEYS[1], 'hits', hits, 'endsAt', endsAt)
redis.call('PEXPIRE', KEYS[1], endsAt - now + math.ceil(hits / limit) * windowMs)
return {granted, hits, endsAt - now}
`,
  parseCommand(parser, ask: Ask) {
    parser.pushKey(`signalbox:limits:${ask.key}`);
    const { windowMs, limit, spent, want, heardHits, heardEndsInMs } = ask;
    for (const value of [windowMs, limit, spent, want, heardHits, heardEndsInMs])
      parser.push(String(Math.round(value)));
  },
  transformReply: (reply: unknown) => reply as number[],
});

/** Enters a process for a while and forgets those that were silent for so long; answers how many there are. */
export const joinScript = defineScript({
  NUMBER_OF_KEYS: 1,
  SCRIPT: `${NOW}
local silentMs = tonumber(ARGV[2])
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - silentMs)
redis.call('PEXPIRE', KEYS[1], silentMs)
return redis.call('ZCARD', KEYS[1])
`,
  parseCommand(parser, processId: string, silentMs: number) {
    parser.pushKey(PROCESSES_KEY);
    parser.push(processId, String(silentMs));
  },
  transformReply: (reply: unknown) => reply as number,
});

export const PROCESSES_KEY = 'signalbox:limits:processes';
