import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { GatewayError } from '../domain/errors.ts';
import { createSealer } from './sealing.ts';

const first = randomBytes(32);
const second = randomBytes(32);

describe('createSealer', () => {
  test('what was sealed opens to the same text', () => {
    const sealer = createSealer({ currentKeyId: 'a', keys: { a: first } });
    for (const text of ['', 'whsec_abc', 'größe €'.repeat(500)]) {
      expect(sealer.open(sealer.seal(text))).toBe(text);
    }
  });

  test('the same text never gives the same box, and the box shows nothing of it', () => {
    const sealer = createSealer({ currentKeyId: 'a', keys: { a: first } });
    const [one, two] = [sealer.seal('secret'), sealer.seal('secret')];
    expect(one.box).not.toBe(two.box);
    expect(Buffer.from(one.box, 'base64').toString('latin1')).not.toContain('secret');
  });

  test('after a rotation the old boxes still open and are known as outdated', () => {
    const old = createSealer({ currentKeyId: 'a', keys: { a: first } }).seal('secret');
    const sealer = createSealer({ currentKeyId: 'b', keys: { a: first, b: second } });
    expect(sealer.open(old)).toBe('secret');
    expect(sealer.isOutdated(old)).toBe(true);
    expect(sealer.isOutdated(sealer.seal('secret'))).toBe(false);
  });

  test('a box that was changed anywhere does not open', () => {
    const sealer = createSealer({ currentKeyId: 'a', keys: { a: first } });
    const { box } = sealer.seal('secret');
    const bytes = Buffer.from(box, 'base64');
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => sealer.open({ keyId: 'a', box: changed.toString('base64') })).toThrow(
        GatewayError,
      );
    }
    for (const cut of ['', bytes.subarray(0, 20).toString('base64')]) {
      expect(() => sealer.open({ keyId: 'a', box: cut })).toThrow(GatewayError);
    }
  });

  test('a box does not open under another key, nor under the same key with another name', () => {
    const sealed = createSealer({ currentKeyId: 'a', keys: { a: first } }).seal('secret');
    const others = createSealer({ currentKeyId: 'b', keys: { b: second, c: first } });
    for (const keyId of ['a', 'b', 'c', '__proto__']) {
      expect(() => others.open({ keyId, box: sealed.box })).toThrow(GatewayError);
    }
  });

  test('a key of the wrong length and a missing current key are refused', () => {
    expect(() => createSealer({ currentKeyId: 'a', keys: { a: randomBytes(16) } })).toThrow(
      '32 bytes',
    );
    expect(() => createSealer({ currentKeyId: 'b', keys: { a: first } })).toThrow('missing');
  });
});
