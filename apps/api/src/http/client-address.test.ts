import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { clientAddress } from './client-address.ts';

function address(trustedHops: number, forwarded?: string): string | null {
  const request = {
    socket: { remoteAddress: '10.0.0.9' },
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  };
  return clientAddress(request as unknown as IncomingMessage, trustedHops);
}

describe('clientAddress', () => {
  test('without trusted proxies a forged header changes nothing', () => {
    expect(address(0, '1.2.3.4')).toBe('10.0.0.9');
  });

  test('one trusted proxy is believed about its own caller only', () => {
    expect(address(1, '6.6.6.6, 203.0.113.7')).toBe('203.0.113.7');
  });

  test('two trusted proxies reach one further back', () => {
    expect(address(2, '6.6.6.6, 203.0.113.7, 10.0.0.2')).toBe('203.0.113.7');
  });

  test('fewer hops than trusted proxies end at the first', () => {
    expect(address(3, '203.0.113.7')).toBe('203.0.113.7');
  });

  test('without the header it is the nearest', () => {
    expect(address(1)).toBe('10.0.0.9');
    expect(address(1, ' , ')).toBe('10.0.0.9');
  });
});
