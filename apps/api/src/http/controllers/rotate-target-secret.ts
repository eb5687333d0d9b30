import { rotateSecrets } from '../../delivery/rotate-secrets.ts';
import type { Answer, Input } from '../exchange.ts';
import { etagOf } from '../resources/etag.ts';
import { findResource } from '../resources/find-resource.ts';
import { makeSecret } from '../resources/make-secret.ts';
import { updateResource } from '../resources/save-resource.ts';
import { createShowTarget } from '../resources/show-target.ts';
import type { Services } from '../services.ts';

/** The new secret is shown this once; the old one goes on signing for 24 hours beside it. */
export async function rotateTargetSecret(
  services: Services,
  input: Input<{ targetId: string }>,
): Promise<Answer> {
  const show = createShowTarget(services);
  const before = await findResource(services, 'target', input.params.targetId);
  const { secret, record } = makeSecret(services, before.body.signatures);
  const secrets = rotateSecrets(before.body.secrets, record, services.clock.now());
  const after = await updateResource(services, input, show, before, {
    body: { ...before.body, secrets },
    action: 'secret_rotated',
  });
  return { status: 200, headers: { etag: etagOf(after) }, body: { ...show(after), secret } };
}
