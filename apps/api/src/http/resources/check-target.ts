import { checkTargetUrl } from '../../delivery/check-target-url.ts';
import { headerFault } from '../../delivery/request-headers.ts';
import { GatewayError, type Fault } from '../../domain/errors.ts';
import type { TargetBody } from '../../domain/resources.ts';
import type { Services } from '../services.ts';

/** Checks what the schema cannot: where the URL leads, and that no header of ours is replaced. Throws `invalid_request`. */
export function checkTarget(
  services: Pick<Services, 'settings'>,
  body: Pick<TargetBody, 'url' | 'headers' | 'auth'>,
): void {
  const faults: Fault[] = [];
  const verdict = checkTargetUrl(body.url, { allowCidrs: services.settings.allowTargetCidrs });
  if (!verdict.ok) faults.push({ pointer: '/url', code: 'forbidden_url', detail: verdict.detail });
  for (const [name, value] of Object.entries(body.headers)) {
    const detail = headerFault(name, value);
    if (detail !== null)
      faults.push({ pointer: `/headers/${name}`, code: 'forbidden_header', detail });
  }
  if (body.auth.type === 'header') {
    const detail = headerFault(body.auth.name, '');
    if (detail !== null) faults.push({ pointer: '/auth/name', code: 'forbidden_header', detail });
  }
  if (faults.length > 0)
    throw new GatewayError('invalid_request', faults.map((fault) => fault.detail).join(' '), {
      faults,
    });
}
