import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import type { Sealed, SigningSecret, TargetBody } from '../domain/resources.ts';
import { createKeyPair, createSymmetricSecret } from './create-secrets.ts';
import { createKeyring } from './keyring.ts';
import { activeSecrets, rotateSecrets } from './rotate-secrets.ts';
import { openSigningKey, sign } from './sign.ts';

// The published vectors of Standard Webhooks (v1) and Svix (v1a); public test keys.
const VECTOR = {
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  timestampSeconds: 1614265330,
  body: Buffer.from('{"test": 2432232314}'),
};
const HOUR_MS = 3_600_000;

describe('signing', () => {
  test('v1 gives the published signature', () => {
    const key = openSigningKey('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
    expect(sign(VECTOR, [key])).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  test('v1a gives the published signature', () => {
    const key = openSigningKey(
      'whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==',
    );
    expect(sign(VECTOR, [key])).toBe(
      'v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==',
    );
  });

  test('bytes that are not text are signed as they are', () => {
    const secret = createSymmetricSecret();
    const body = Buffer.from([0xff, 0x00, 0xfe]);
    const one = sign({ ...VECTOR, body }, [openSigningKey(secret)]);
    const other = sign({ ...VECTOR, body: Buffer.from([0xfd, 0x00, 0xfe]) }, [
      openSigningKey(secret),
    ]);
    expect(one).not.toBe(other);
  });

  test('a text that is no secret is refused', () => {
    expect(() => openSigningKey('secret')).toThrow('whsec_');
    expect(() => openSigningKey('whsk_AAAA')).toThrow('whsec_');
  });
});

describe('new secrets', () => {
  test('a symmetric secret holds 32 bytes and verifies with the published library', () => {
    const secret = createSymmetricSecret();
    expect(Buffer.from(secret.slice('whsec_'.length), 'base64')).toHaveLength(32);
    const timestampSeconds = Math.floor(Date.now() / 1000);
    const signature = sign({ ...VECTOR, timestampSeconds }, [openSigningKey(secret)]);
    expect(verifies(secret, { timestampSeconds, signature })).toBe(true);
    expect(verifies(createSymmetricSecret(), { timestampSeconds, signature })).toBe(false);
  });

  test('a key pair signs what its public key verifies', () => {
    const { privateKey, publicKey } = createKeyPair();
    expect(Buffer.from(privateKey.slice('whsk_'.length), 'base64')).toHaveLength(64);
    const signature = sign(VECTOR, [openSigningKey(privateKey)]);
    const x = Buffer.from(publicKey.slice('whpk_'.length), 'base64').toString('base64url');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    const signed = Buffer.from(`${VECTOR.id}.${VECTOR.timestampSeconds}.${VECTOR.body.toString()}`);
    expect(verify(null, signed, key, Buffer.from(signature.slice('v1a,'.length), 'base64'))).toBe(
      true,
    );
  });
});

describe('rotation', () => {
  const at = Date.now();
  const old = createSymmetricSecret();
  const fresh = createSymmetricSecret();
  const target = targetWith(rotateSecrets([secretOf(old)], secretOf(fresh), at), ['v1']);
  const keysOf = createKeyring(({ box }) => box);

  test('within 24 hours both the new and the old secret verify', () => {
    const now = at + 23 * HOUR_MS;
    const signature = sign(
      { ...VECTOR, timestampSeconds: Math.floor(at / 1000) },
      keysOf(target, now),
    );
    const message = { timestampSeconds: Math.floor(at / 1000), signature };
    expect(signature.split(' ')).toHaveLength(2);
    expect(verifies(fresh, message)).toBe(true);
    expect(verifies(old, message)).toBe(true);
  });

  test('after 24 hours only the new secret signs', () => {
    const message = { ...VECTOR, timestampSeconds: Math.floor(at / 1000) };
    const signature = sign(message, keysOf(target, at + 24 * HOUR_MS));
    expect(verifies(fresh, { timestampSeconds: message.timestampSeconds, signature })).toBe(true);
    expect(verifies(old, { timestampSeconds: message.timestampSeconds, signature })).toBe(false);
  });

  test('never more than three secrets sign, the newest first', () => {
    let secrets: SigningSecret[] = [];
    for (const name of ['a', 'b', 'c', 'd']) secrets = rotateSecrets(secrets, secretOf(name), at);
    expect(secrets.map(({ symmetric }) => symmetric.box)).toEqual(['d', 'c', 'b']);
    expect(activeSecrets(secrets, at + 25 * HOUR_MS)).toHaveLength(1);
  });

  test('a second rotation does not lengthen the life of an older secret', () => {
    const once = rotateSecrets([secretOf('a')], secretOf('b'), at);
    const twice = rotateSecrets(once, secretOf('c'), at + HOUR_MS);
    expect(twice.map(({ expiresAt }) => expiresAt)).toEqual([
      null,
      at + 25 * HOUR_MS,
      at + 24 * HOUR_MS,
    ]);
  });
});

describe('the keyring', () => {
  test('signs in the versions that the target chose', () => {
    const keysOf = createKeyring(({ box }) => box);
    const pair = createKeyPair();
    const secret = {
      ...secretOf(createSymmetricSecret()),
      asymmetric: sealed(pair.privateKey),
      publicKey: pair.publicKey,
    };
    const versions = (signatures: TargetBody['signatures']) =>
      keysOf(targetWith([secret], signatures), 0).map(({ version }) => version);
    expect(versions(['v1', 'v1a'])).toEqual(['v1', 'v1a']);
    expect(versions(['v1a'])).toEqual(['v1a']);
  });

  test('opens each secret once', () => {
    const openings: string[] = [];
    const keysOf = createKeyring(({ box }) => {
      openings.push(box);
      return box;
    });
    const target = targetWith([secretOf(createSymmetricSecret())], ['v1']);
    keysOf(target, 0);
    keysOf(target, 1);
    expect(openings).toHaveLength(1);
  });
});

function verifies(
  secret: string,
  { timestampSeconds, signature }: { timestampSeconds: number; signature: string },
): boolean {
  try {
    new Webhook(secret).verify(VECTOR.body, {
      'webhook-id': VECTOR.id,
      'webhook-timestamp': String(timestampSeconds),
      'webhook-signature': signature,
    });
    return true;
  } catch {
    return false;
  }
}

function sealed(box: string): Sealed {
  return { keyId: 'test', box };
}

function secretOf(text: string): SigningSecret {
  return {
    symmetric: sealed(text),
    asymmetric: null,
    publicKey: null,
    createdAt: 0,
    expiresAt: null,
  };
}

function targetWith(
  secrets: readonly SigningSecret[],
  signatures: TargetBody['signatures'],
): TargetBody {
  return {
    name: 'billing',
    url: 'https://example.com',
    method: 'POST',
    format: 'standard',
    headers: {},
    auth: { type: 'none' },
    timeoutMs: 1000,
    maxConcurrency: 1,
    ratePerSecond: null,
    retry: { scheduleSeconds: [], finalCodes: [] },
    signatures,
    secrets,
    state: 'active',
    stateReason: null,
  };
}
