import { GatewayError } from '../../domain/errors.ts';

/** The body names a target that is not there. */
export function unknownTarget(targetId: string, pointer = '/targetId'): GatewayError {
  const detail = `"targetId" names no target; there is no ${targetId}.`;
  return new GatewayError('invalid_request', detail, {
    faults: [{ pointer, code: 'unknown_target', detail }],
  });
}
