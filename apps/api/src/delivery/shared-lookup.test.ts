import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LookupAddress } from 'node:dns';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { systemClock } from '../domain/clock.ts';
import { FakeClock } from '../domain/fake-clock.ts';
import type { Resolve } from './guarded-lookup.ts';
import { createSender } from './send.ts';
import { createSharedLookup } from './shared-lookup.ts';

const HERE: readonly LookupAddress[] = [{ address: '127.0.0.1', family: 4 }];

describe('lookups of names', () => {
  let clock: FakeClock;
  let asked: PromiseWithResolvers<readonly LookupAddress[]>[];
  let lookUp: Resolve;

  beforeEach(() => {
    clock = new FakeClock();
    asked = [];
    lookUp = createSharedLookup({
      clock,
      resolve: () => {
        const answer = Promise.withResolvers<readonly LookupAddress[]>();
        asked.push(answer);
        return answer.promise;
      },
    });
  });

  async function failedWith(code: string): Promise<void> {
    await expect(lookUp('a.example')).rejects.toMatchObject({ code });
  }

  test('are made once for all that wait for the same name', async () => {
    const both = Promise.all([lookUp('a.example'), lookUp('a.example')]);
    const other = lookUp('b.example');
    expect(asked).toHaveLength(2);
    for (const { resolve } of asked) resolve(HERE);
    expect(await both).toEqual([HERE, HERE]);
    expect(await other).toEqual(HERE);
  });

  test('are made anew once one is answered: no answer is kept', async () => {
    for (const count of [1, 2]) {
      const answer = lookUp('a.example');
      expect(asked).toHaveLength(count);
      asked.at(-1)?.resolve(HERE);
      await answer;
    }
  });

  test('are not made again within five seconds of a failure', async () => {
    const failed = failedWith('ENOTFOUND');
    asked[0]?.reject(Object.assign(new Error('none'), { code: 'ENOTFOUND' }));
    await failed;
    clock.advance(4999);
    await failedWith('ENOTFOUND');
    expect(asked).toHaveLength(1);
    clock.advance(1);
    const again = lookUp('a.example');
    expect(asked).toHaveLength(2);
    asked[1]?.resolve(HERE);
    expect(await again).toEqual(HERE);
  });

  test('are waited for four seconds, and while one goes on beyond that there is no second', async () => {
    const failed = failedWith('EAI_AGAIN');
    clock.advance(4000);
    await failed;
    clock.advance(60_000);
    await failedWith('EAI_AGAIN');
    expect(asked).toHaveLength(1);
    asked[0]?.resolve(HERE);
    await asked[0]?.promise.finally(() => undefined);
    const again = lookUp('a.example');
    expect(asked).toHaveLength(2);
    asked[1]?.resolve(HERE);
    expect(await again).toEqual(HERE);
  });
});

/** Two lookups at a time, as the system gives them; that of `silent.example` never ends. */
function systemLike(): Resolve {
  const waiting: (() => void)[] = [];
  let free = 2;
  const end = (): void => {
    free += 1;
    waiting.shift()?.();
  };
  return (hostname) =>
    new Promise((resolve) => {
      const begin = (): void => {
        free -= 1;
        if (hostname === 'silent.example') return;
        end();
        resolve(HERE);
      };
      if (free > 0) begin();
      else waiting.push(begin);
    });
}

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

test('a target whose name is never resolved does not keep others from being reached', async () => {
  const server = createServer((_request, response) => response.end());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => {
    server.closeAllConnections();
    server.close();
    return once(server, 'close');
  });
  const { port } = server.address() as AddressInfo;
  const sender = createSender({
    clock: systemClock,
    resolve: systemLike(),
    allowCidrs: ['127.0.0.0/8'],
  });
  closers.push(() => sender.close());
  const post = (host: string) =>
    sender.send({
      poolKey: host,
      maxConnections: 20,
      method: 'POST',
      url: new URL(`http://${host}:${port}/`),
      headers: {},
      body: Buffer.from('{}'),
      timeoutMs: 3000,
      tls: null,
      oauth2: null,
    });
  for (let count = 0; count < 20; count += 1) void post('silent.example');
  expect(await post('good.example')).toMatchObject({ outcome: 'answered', statusCode: 200 });
});
