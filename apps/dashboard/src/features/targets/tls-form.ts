import type { Target, TargetUpdate } from '@signalbox/api/contract';

/** A target's TLS settings as its form holds them. The key is write-only; empty means "leave as it is". */
export interface TlsForm {
  clientCertificate: string;
  clientKey: string;
  ca: string;
  serverName: string;
}

type TlsInput = NonNullable<TargetUpdate['tls']>;
const SHOWN = ['clientCertificate', 'ca', 'serverName'] as const;

export function tlsToForm(tls: Target['tls']): TlsForm {
  return {
    clientCertificate: tls?.clientCertificate?.trim() ?? '',
    clientKey: '',
    ca: tls?.ca?.trim() ?? '',
    serverName: tls?.serverName ?? '',
  };
}

/** All of it, for a new target; null when every field is empty. */
export function formToTls(form: TlsForm): TlsInput | null {
  const members = [...SHOWN, 'clientKey'] as const;
  const given = members.filter((member) => form[member].trim() !== '');
  if (given.length === 0) return null;
  return Object.fromEntries(given.map((member) => [member, form[member].trim()]));
}

/** What differs from the stored settings: null for one that was emptied, undefined when nothing differs. */
export function tlsChange(form: TlsForm, stored: Target['tls']): TlsInput | null | undefined {
  if (formToTls(form) === null) return stored === null ? undefined : null;
  const before = tlsToForm(stored);
  const changed = SHOWN.filter((member) => form[member].trim() !== before[member]);
  const key = form.clientKey.trim();
  if (changed.length === 0 && key === '') return undefined;
  return {
    ...Object.fromEntries(changed.map((member) => [member, form[member].trim() || null])),
    ...(key === '' ? {} : { clientKey: key }),
  };
}
