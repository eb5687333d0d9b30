import type { z } from 'zod';
import type { TargetUpdate } from '../../contract/targets.ts';
import type { TargetBody } from '../../domain/resources.ts';
import type { Answer, Input } from '../exchange.ts';
import { checkTarget } from '../resources/check-target.ts';
import { findResource } from '../resources/find-resource.ts';
import { givenOf, mergeMap } from '../resources/merge-patch.ts';
import { showAnswer, updateResource } from '../resources/save-resource.ts';
import { sealTargetAuth } from '../resources/seal-target-auth.ts';
import { sealTargetTls } from '../resources/seal-target-tls.ts';
import { createShowTarget } from '../resources/show-target.ts';
import { withSignatureKeys } from '../resources/with-signature-keys.ts';
import type { Services } from '../services.ts';

/** Headers, TLS settings and the retry policy are merged member by member (RFC 7396); null takes a header away. */
export async function updateTarget(
  services: Services,
  input: Input<{ targetId: string }, unknown, z.output<typeof TargetUpdate>>,
): Promise<Answer> {
  const before = await findResource(services, 'target', input.params.targetId);
  const { headers, auth, tls, retry, ...rest } = input.body;
  const current = before.body;
  const body: TargetBody = withSignatureKeys(services, {
    ...current,
    ...givenOf(rest),
    headers: headers ? mergeMap(current.headers, headers) : current.headers,
    auth: auth ? sealTargetAuth(services, auth, current.auth) : current.auth,
    tls: sealTargetTls(services, tls, current.tls ?? null),
    retry: { ...current.retry, ...givenOf(retry ?? {}) },
    stateReason: rest.state === undefined ? current.stateReason : null,
  });
  checkTarget(services, body);
  const show = createShowTarget(services);
  const after = await updateResource(services, input, show, before, { body, name: body.name });
  services.delivery.wake();
  return showAnswer(after, show);
}
