import { toWireTime } from '../../contract/from-domain.ts';
import type { Target } from '../../contract/targets.ts';
import type { Resource, TargetAuth } from '../../domain/resources.ts';
import type { Services } from '../services.ts';

/** Makes the function that shows targets: secrets are only said to be set; the breaker is this process' own. */
export function createShowTarget(
  services: Pick<Services, 'delivery'>,
): (target: Resource<'target'>) => Target {
  return ({ id, body, createdAt, updatedAt }) => {
    const { secrets, auth, ...rest } = body;
    return {
      id,
      ...rest,
      headers: { ...rest.headers },
      retry: {
        scheduleSeconds: [...rest.retry.scheduleSeconds],
        finalCodes: [...rest.retry.finalCodes],
      },
      signatures: [...rest.signatures],
      auth: showAuth(auth),
      breaker: services.delivery.breaker(id),
      publicKey: secrets[0]?.publicKey ?? null,
      createdAt: toWireTime(createdAt),
      updatedAt: toWireTime(updatedAt),
    };
  };
}

function showAuth(auth: TargetAuth): Target['auth'] {
  switch (auth.type) {
    case 'none':
      return { type: 'none' };
    case 'basic':
      return { type: 'basic', username: auth.username, passwordSet: true };
    case 'bearer':
      return { type: 'bearer', tokenSet: true };
    case 'header':
      return { type: 'header', name: auth.name, valueSet: true };
  }
}
