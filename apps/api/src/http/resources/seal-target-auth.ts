import type { z } from 'zod';
import type { TargetAuthInput } from '../../contract/targets.ts';
import { GatewayError } from '../../domain/errors.ts';
import type { Sealed, TargetAuth } from '../../domain/resources.ts';
import type { Services } from '../services.ts';

/**
 * A target's auth with its secret sealed; left out, the secret of the same type stays. Throws `invalid_request` when there is
 * none to keep.
 */
export function sealTargetAuth(
  services: Pick<Services, 'sealer'>,
  given: z.output<typeof TargetAuthInput>,
  current: TargetAuth | null,
): TargetAuth {
  const sealOr = (text: string | undefined, kept: Sealed | undefined, member: string): Sealed => {
    const sealed = text === undefined ? kept : services.sealer.seal(text);
    if (sealed) return sealed;
    const detail = `"auth.${member}" is missing; give it, for there is none to keep.`;
    throw new GatewayError('invalid_request', detail, {
      faults: [{ pointer: `/auth/${member}`, code: 'missing', detail }],
    });
  };
  switch (given.type) {
    case 'none':
      return { type: 'none' };
    case 'basic': {
      const kept = current?.type === 'basic' ? current.password : undefined;
      const password = sealOr(given.password, kept, 'password');
      return { type: 'basic', username: given.username, password };
    }
    case 'bearer': {
      const kept = current?.type === 'bearer' ? current.token : undefined;
      return { type: 'bearer', token: sealOr(given.token, kept, 'token') };
    }
    case 'header': {
      const kept = current?.type === 'header' ? current.value : undefined;
      return { type: 'header', name: given.name, value: sealOr(given.value, kept, 'value') };
    }
    case 'oauth2': {
      const kept = current?.type === 'oauth2' ? current.clientSecret : undefined;
      return { ...given, clientSecret: sealOr(given.clientSecret, kept, 'clientSecret') };
    }
  }
}
