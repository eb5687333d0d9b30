import { describe, expect, test } from '@jest/globals';
import type { Target } from '@signalbox/api/contract';
import { EMPTY_TARGET, formToTarget, targetChange, targetToForm } from './target-form.ts';

const STORED: Target = {
  id: 'tgt_1',
  name: 'billing',
  url: 'https://billing.example.com/hook',
  method: 'PUT',
  format: 'data',
  headers: { 'X-Team': 'a: b' },
  auth: { type: 'basic', username: 'ada', passwordSet: true },
  tls: null,
  timeoutMs: 2500,
  maxConcurrency: 7,
  ratePerSecond: null,
  retry: { scheduleSeconds: [1, 2.5], finalCodes: [418] },
  signatures: ['v1', 'v1a'],
  state: 'active',
  stateReason: null,
  breaker: 'closed',
  publicKey: null,
  createdAt: '2025-01-01T00:00:00.000Z',
  updatedAt: '2025-01-01T00:00:00.000Z',
};

describe('the form of a target', () => {
  test('gives back what it was filled from', () => {
    expect(formToTarget(targetToForm(STORED))).toEqual({
      name: 'billing',
      url: 'https://billing.example.com/hook',
      method: 'PUT',
      format: 'data',
      headers: { 'X-Team': 'a: b' },
      auth: { type: 'basic', username: 'ada' },
      tls: null,
      timeoutMs: 2500,
      maxConcurrency: 7,
      ratePerSecond: null,
      retry: { scheduleSeconds: [1, 2.5], finalCodes: [418] },
      signatures: ['v1', 'v1a'],
    });
  });

  test('sends nothing when nothing was changed', () => {
    expect(targetChange(targetToForm(STORED), STORED)).toEqual({});
  });

  test('sends only the members that were changed', () => {
    const form = { ...targetToForm(STORED), timeoutSeconds: '30', ratePerSecond: '12.5' };
    expect(targetChange(form, STORED)).toEqual({ timeoutMs: 30_000, ratePerSecond: 12.5 });
  });

  test('names a header that was taken out with null, and leaves out the unchanged ones', () => {
    const stored = { ...STORED, headers: { 'X-Team': 'a: b', 'X-Old': '1', 'X-Same': 's' } };
    const form = { ...targetToForm(stored), headers: 'X-Team: c\nX-Same: s\nX-New: n' };
    expect(targetChange(form, stored)).toEqual({
      headers: { 'X-Old': null, 'X-Team': 'c', 'X-New': 'n' },
    });
  });

  test('takes out every header when the field was emptied', () => {
    expect(targetChange({ ...targetToForm(STORED), headers: '' }, STORED)).toEqual({
      headers: { 'X-Team': null },
    });
  });

  test('sends a secret only when one was typed', () => {
    const form = { ...targetToForm(STORED), authSecret: 'new' };
    expect(targetChange(form, STORED)).toEqual({
      auth: { type: 'basic', username: 'ada', password: 'new' },
    });
  });

  test('empties lists from empty fields', () => {
    const made = formToTarget({ ...EMPTY_TARGET, name: ' x ', retrySchedule: '', finalCodes: '' });
    expect(made.name).toBe('x');
    expect(made.retry).toEqual({ scheduleSeconds: [], finalCodes: [] });
  });

  const CREDENTIALS = {
    type: 'oauth2',
    tokenUrl: 'https://login.example.com/token',
    clientId: 'signalbox',
    scope: 'events',
    audience: null,
    clientAuthentication: 'client_secret_post',
  } as const;

  test('gives back client credentials without their secret', () => {
    const form = targetToForm({ ...STORED, auth: { ...CREDENTIALS, clientSecretSet: true } });
    expect(formToTarget(form).auth).toEqual(CREDENTIALS);
    expect(formToTarget({ ...form, authSecret: 'new', scope: ' ' }).auth).toEqual({
      ...CREDENTIALS,
      clientSecret: 'new',
      scope: null,
    });
  });
});

describe('the TLS settings of a target', () => {
  const TLS = {
    clientCertificate: 'CERTIFICATE\n',
    clientCertificateExpiresAt: '2030-01-01T00:00:00.000Z',
    clientKeySet: true,
    ca: null,
    serverName: 'billing.internal',
  };
  const stored = { ...STORED, tls: TLS };

  test('are sent whole for a new target', () => {
    const form = { ...EMPTY_TARGET, clientCertificate: ' C ', clientKey: 'K\n' };
    expect(formToTarget(form).tls).toEqual({ clientCertificate: 'C', clientKey: 'K' });
  });

  test('are not sent when nothing was changed', () => {
    expect(targetChange(targetToForm(stored), stored)).toEqual({});
  });

  test('are sent member by member when some were changed', () => {
    const form = { ...targetToForm(stored), ca: 'CA', serverName: '' };
    expect(targetChange(form, stored)).toEqual({ tls: { ca: 'CA', serverName: null } });
    const renewed = { ...targetToForm(stored), clientCertificate: 'NEW', clientKey: 'KEY' };
    expect(targetChange(renewed, stored)).toEqual({
      tls: { clientCertificate: 'NEW', clientKey: 'KEY' },
    });
  });

  test('are taken away when every field was emptied', () => {
    const form = { ...targetToForm(stored), clientCertificate: '', serverName: '' };
    expect(targetChange(form, stored)).toEqual({ tls: null });
  });
});
