import type { Sealed, SigningSecret, TargetBody } from '../domain/resources.ts';
import { activeSecrets } from './rotate-secrets.ts';
import { openSigningKey, type SigningKey } from './sign.ts';

/** The keys that sign for a target at `now` (ms), newest first. Throws when a secret cannot be opened. */
export type Keyring = (target: TargetBody, now: number) => readonly SigningKey[];

/**
 * A keyring that opens each secret once and keeps the key for as long as the record that holds the secret is in use.
 * @param openSecret the clear text of a sealed secret; may throw
 */
export function createKeyring(openSecret: (sealed: Sealed) => string): Keyring {
  const opened = new WeakMap<SigningSecret, readonly SigningKey[]>();

  function keysOf(secret: SigningSecret): readonly SigningKey[] {
    let keys = opened.get(secret);
    if (!keys) {
      keys = [secret.symmetric, secret.asymmetric]
        .filter((sealed) => sealed !== null)
        .map((sealed) => openSigningKey(openSecret(sealed)));
      opened.set(secret, keys);
    }
    return keys;
  }

  return (target, now) =>
    activeSecrets(target.secrets, now)
      .flatMap(keysOf)
      .filter(({ version }) => target.signatures.includes(version));
}
