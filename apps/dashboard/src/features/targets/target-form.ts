import type { Target, TargetCreate, TargetUpdate } from '@signalbox/api/contract';
import { splitList } from '../../lib/text.ts';
import { formToTls, tlsChange, tlsToForm, type TlsForm } from './tls-form.ts';

type AuthType = Target['auth']['type'];
type ClientAuthentication = Extract<Target['auth'], { type: 'oauth2' }>['clientAuthentication'];

/** A target as its form holds it: everything is text. Secrets are write-only; empty means "leave as it is". */
export interface TargetForm extends TlsForm {
  name: string;
  url: string;
  method: Target['method'];
  format: Target['format'];
  /** `Name: value`, one a line. */
  headers: string;
  authType: AuthType;
  /** The user's, header's or client's name. */
  authName: string;
  authSecret: string;
  tokenUrl: string;
  scope: string;
  audience: string;
  clientAuthentication: ClientAuthentication;
  timeoutSeconds: string;
  maxConcurrency: string;
  ratePerSecond: string;
  retrySchedule: string;
  finalCodes: string;
  signatures: 'v1' | 'v1 v1a' | 'v1a';
}

export const EMPTY_TARGET: TargetForm = {
  name: '',
  url: '',
  method: 'POST',
  format: 'standard',
  headers: '',
  authType: 'none',
  authName: '',
  authSecret: '',
  tokenUrl: '',
  scope: '',
  audience: '',
  clientAuthentication: 'client_secret_basic',
  ...tlsToForm(null),
  timeoutSeconds: '15',
  maxConcurrency: '20',
  ratePerSecond: '',
  retrySchedule: '5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400',
  finalCodes: '',
  signatures: 'v1',
};

const authNameOf = ({ auth }: Target): string => {
  if (auth.type === 'basic') return auth.username;
  if (auth.type === 'oauth2') return auth.clientId;
  return auth.type === 'header' ? auth.name : '';
};

function oauth2ToForm({ auth }: Target) {
  const { tokenUrl, scope, audience, clientAuthentication } =
    auth.type === 'oauth2' ? auth : EMPTY_TARGET;
  return { tokenUrl, scope: scope ?? '', audience: audience ?? '', clientAuthentication };
}

export function targetToForm(target: Target): TargetForm {
  return {
    name: target.name,
    url: target.url,
    method: target.method,
    format: target.format,
    headers: Object.entries(target.headers)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n'),
    authType: target.auth.type,
    authName: authNameOf(target),
    authSecret: '',
    ...oauth2ToForm(target),
    ...tlsToForm(target.tls),
    timeoutSeconds: String(target.timeoutMs / 1000),
    maxConcurrency: String(target.maxConcurrency),
    ratePerSecond: target.ratePerSecond === null ? '' : String(target.ratePerSecond),
    retrySchedule: target.retry.scheduleSeconds.join(', '),
    finalCodes: target.retry.finalCodes.join(', '),
    signatures: signaturesText(target.signatures),
  };
}

function signaturesText(signatures: Target['signatures']): TargetForm['signatures'] {
  if (!signatures.includes('v1a')) return 'v1';
  return signatures.includes('v1') ? 'v1 v1a' : 'v1a';
}

function readHeaders(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return colon < 0
        ? [line.trim(), '']
        : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
    }),
  );
}

const textOrNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

function readAuth(form: TargetForm): NonNullable<TargetCreate['auth']> {
  const secret = form.authSecret === '' ? undefined : form.authSecret;
  switch (form.authType) {
    case 'basic':
      return {
        type: 'basic',
        username: form.authName,
        ...(secret === undefined ? {} : { password: secret }),
      };
    case 'bearer':
      return { type: 'bearer', ...(secret === undefined ? {} : { token: secret }) };
    case 'header':
      return {
        type: 'header',
        name: form.authName,
        ...(secret === undefined ? {} : { value: secret }),
      };
    case 'oauth2':
      return {
        type: 'oauth2',
        tokenUrl: form.tokenUrl.trim(),
        clientId: form.authName.trim(),
        ...(secret === undefined ? {} : { clientSecret: secret }),
        scope: textOrNull(form.scope),
        audience: textOrNull(form.audience),
        clientAuthentication: form.clientAuthentication,
      };
    case 'none':
      return { type: 'none' };
  }
}

export function formToTarget(form: TargetForm): TargetCreate {
  return {
    name: form.name.trim(),
    url: form.url.trim(),
    method: form.method,
    format: form.format,
    headers: readHeaders(form.headers),
    auth: readAuth(form),
    tls: formToTls(form),
    timeoutMs: Math.round(Number(form.timeoutSeconds) * 1000),
    maxConcurrency: Number(form.maxConcurrency),
    ratePerSecond: form.ratePerSecond.trim() === '' ? null : Number(form.ratePerSecond),
    retry: {
      scheduleSeconds: splitList(form.retrySchedule).map(Number),
      finalCodes: splitList(form.finalCodes).map(Number),
    },
    signatures: form.signatures.split(' ') as ('v1' | 'v1a')[],
  };
}

/** The gateway merges headers by name: one that is gone has to be named with null. */
function headerChange(
  wanted: Record<string, string>,
  stored: Record<string, string>,
): Record<string, string | null> {
  const gone = Object.keys(stored).filter((name) => !Object.hasOwn(wanted, name));
  const changed = Object.entries(wanted).filter(([name, value]) => stored[name] !== value);
  return {
    ...Object.fromEntries(gone.map((name) => [name, null])),
    ...Object.fromEntries(changed),
  };
}

/** Only what differs from the stored target; a new secret always counts. */
export function targetChange(form: TargetForm, stored: Target): TargetUpdate {
  const tls = tlsChange(form, stored.tls);
  const wanted: TargetUpdate = {
    ...formToTarget(form),
    headers: headerChange(readHeaders(form.headers), stored.headers),
  };
  const before = { ...formToTarget(targetToForm(stored)), headers: {} };
  const changed = Object.entries(wanted).filter(
    ([name, value]) =>
      name !== 'tls' &&
      JSON.stringify(value) !== JSON.stringify(before[name as keyof TargetCreate]),
  );
  return { ...Object.fromEntries(changed), ...(tls === undefined ? {} : { tls }) };
}
