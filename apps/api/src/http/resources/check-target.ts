import { checkTargetUrl } from '../../delivery/check-target-url.ts';
import { headerFault } from '../../delivery/request-headers.ts';
import { GatewayError, type Fault } from '../../domain/errors.ts';
import type { TargetBody } from '../../domain/resources.ts';
import type { Services } from '../services.ts';

/** Checks what the schema cannot: where the URL leads, and that no header of ours is replaced. Throws `invalid_request`; reports an address that may not be reached. */
export function checkTarget(
  services: Pick<Services, 'settings' | 'reportSecurityEvent'>,
  body: Pick<TargetBody, 'url' | 'headers' | 'auth' | 'tls'>,
): void {
  const faults: Fault[] = [];
  const checkUrl = (url: string, pointer: string): void => {
    const verdict = checkTargetUrl(url, { allowCidrs: services.settings.allowTargetCidrs });
    if (verdict.ok) return;
    faults.push({ pointer, code: 'forbidden_url', detail: verdict.detail });
    if (verdict.isForbidden)
      services.reportSecurityEvent({ code: 'forbidden_address', subjectId: null, address: null });
  };
  checkUrl(body.url, '/url');
  if (body.auth.type === 'oauth2') checkUrl(body.auth.tokenUrl, '/auth/tokenUrl');
  if (body.tls && URL.parse(body.url)?.protocol === 'http:')
    faults.push({
      pointer: '/tls',
      code: 'needs_https',
      detail: 'TLS settings need a URL with https:; change the URL or take "tls" away with null.',
    });
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
