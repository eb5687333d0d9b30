import type { TargetWithSecret } from '@signalbox/api/contract';
import { Code } from '../../ui/Code/Code.tsx';
import { Stack } from '../../ui/Stack/Stack.tsx';

/** A signing secret, the only time that it can be seen. */
export function SecretShownOnce({ target }: { target: TargetWithSecret }) {
  return (
    <Stack gap={3}>
      <p>
        Copy the signing secret of <strong>{target.name}</strong> now. It is shown this once. The
        receiver checks the Standard Webhooks signature of each request with it.
      </p>
      <Code label="Signing secret" text={target.secret} wraps />
      {target.publicKey !== null && (
        <>
          <p>Public key for v1a:</p>
          <Code label="Public key" text={target.publicKey} wraps />
        </>
      )}
    </Stack>
  );
}
