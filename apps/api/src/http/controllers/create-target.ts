import type { z } from 'zod';
import type { TargetCreate } from '../../contract/targets.ts';
import { DEFAULT_RETRY_POLICY, type TargetBody } from '../../domain/resources.ts';
import type { Answer, Input } from '../exchange.ts';
import { checkTarget } from '../resources/check-target.ts';
import { makeSecret } from '../resources/make-secret.ts';
import { givenOf } from '../resources/merge-patch.ts';
import { createdAnswer, insertResource } from '../resources/save-resource.ts';
import { sealTargetAuth } from '../resources/seal-target-auth.ts';
import { sealTargetTls } from '../resources/seal-target-tls.ts';
import { createShowTarget } from '../resources/show-target.ts';
import type { Services } from '../services.ts';

/** The signing secret is shown in this answer and never again. */
export async function createTarget(
  services: Services,
  input: Input<unknown, unknown, z.output<typeof TargetCreate>>,
): Promise<Answer> {
  const show = createShowTarget(services);
  const { secret, record } = makeSecret(services, input.body.signatures);
  const body: TargetBody = {
    ...input.body,
    auth: sealTargetAuth(services, input.body.auth, null),
    tls: sealTargetTls(services, input.body.tls, null),
    retry: { ...DEFAULT_RETRY_POLICY, ...givenOf(input.body.retry) },
    secrets: [record],
    stateReason: null,
  };
  checkTarget(services, body);
  const target = await insertResource(services, input, show, {
    kind: 'target',
    id: services.ids('tgt'),
    name: body.name,
    parentId: null,
    body,
  });
  return createdAnswer(target, `/v1/targets/${target.id}`, { ...show(target), secret });
}
