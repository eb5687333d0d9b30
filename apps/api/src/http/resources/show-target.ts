import { toWireTime } from '../../contract/from-domain.ts';
import type { Target } from '../../contract/targets.ts';
import { certificateExpiresAt } from '../../delivery/read-certificates.ts';
import type { Resource, TargetAuth, TargetTls } from '../../domain/resources.ts';
import type { Services } from '../services.ts';

/** Makes the function that shows targets: secrets are only said to be set; of the breakers of all processes the one that stands out counts. */
export function createShowTarget(
  services: Pick<Services, 'delivery'>,
): (target: Resource<'target'>) => Target {
  return ({ id, body, createdAt, updatedAt }) => {
    const { secrets, auth, tls, ...rest } = body;
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
      tls: tls ? showTls(tls) : null,
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
    case 'oauth2': {
      const { type, tokenUrl, clientId, scope, audience, clientAuthentication } = auth;
      const shown = { type, tokenUrl, clientId, scope, audience, clientAuthentication };
      return { ...shown, clientSecretSet: true };
    }
  }
}

function showTls({ clientCertificate, clientKey, ca, serverName }: TargetTls): Target['tls'] {
  const expiresAt = clientCertificate === null ? null : certificateExpiresAt(clientCertificate);
  return {
    clientCertificate,
    clientCertificateExpiresAt: expiresAt === null ? null : toWireTime(expiresAt),
    clientKeySet: clientKey !== null,
    ca,
    serverName,
  };
}
