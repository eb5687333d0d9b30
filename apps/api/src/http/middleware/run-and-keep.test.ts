import { describe, expect, jest, test } from '@jest/globals';
import { GatewayError } from '../../domain/errors.ts';
import { createSealer } from '../../auth/sealing.ts';
import type { Answer } from '../exchange.ts';
import { runAndKeep } from './run-and-keep.ts';

const overloaded = () => new GatewayError('overloaded', 'Too many writes are waiting.');

/** Runs with a store that cannot keep the answer. */
function runUnkept(execute: () => Answer) {
  const warn = jest.fn();
  const services = {
    store: { finishIdempotent: () => Promise.reject(overloaded()) },
    sealer: createSealer({ currentKeyId: 'a', keys: { a: Buffer.alloc(32) } }),
    logger: { warn, info: warn, error: warn, isLevelEnabled: () => true },
  };
  const request = { scope: 'source key', requestId: 'req_1' };
  return { warn, answer: runAndKeep(services, { showsSecret: false }, execute, request) };
}

describe('when the answer cannot be kept', () => {
  test('what was done is answered as it was, and the log says so', async () => {
    const { warn, answer } = runUnkept(() => ({ status: 202, body: { id: 'evt_1' } }));
    expect(await answer).toEqual({ status: 202, body: { id: 'evt_1' } });
    expect(warn).toHaveBeenCalledTimes(1);
  });

  test('what failed says why it failed itself', async () => {
    const { answer } = runUnkept(() => {
      throw new GatewayError('not_ready', 'The disk is full.');
    });
    await expect(answer).rejects.toThrow('The disk is full.');
  });
});
