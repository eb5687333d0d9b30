import { describe, expect, test } from '@jest/globals';
import type { Target } from '@signalbox/api/contract';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { EMPTY_TARGET, formToTarget, type TargetForm } from './target-form.ts';
import { TargetFields } from './TargetFields.tsx';

/** Shows the fields as a form does, and tells what they hold. */
function show(
  options: {
    form?: Partial<TargetForm>;
    faults?: Readonly<Record<string, string>>;
    hasSecret?: boolean;
    storedTls?: Target['tls'];
  } = {},
) {
  const { form = {}, faults = {}, ...rest } = options;
  const held = { form: { ...EMPTY_TARGET, ...form } };
  function Fields() {
    const [current, setCurrent] = useState(held.form);
    const change = (next: TargetForm): void => {
      held.form = next;
      setCurrent(next);
    };
    return (
      <TargetFields
        form={current}
        onChange={change}
        faultOf={(pointer) => faults[pointer]}
        {...rest}
      />
    );
  }
  render(<Fields />);
  return () => formToTarget(held.form);
}

const STORED_TLS = {
  clientCertificate: 'C',
  clientCertificateExpiresAt: new Date(Date.now() + 40.5 * 86_400_000).toISOString(),
  clientKeySet: true,
  ca: null,
  serverName: null,
};

describe('the fields of a target', () => {
  test('ask for what the chosen authentication needs, and for nothing else', async () => {
    show();
    expect(screen.queryByLabelText('Token URL')).toBeNull();
    const auth = screen.getByLabelText('Authentication');
    await userEvent.selectOptions(auth, 'Bearer token');
    expect(screen.getByLabelText('Secret')).not.toBeNull();
    await userEvent.selectOptions(auth, 'OAuth 2.0 client credentials');
    for (const label of ['Client id', 'Client secret', 'Token URL', 'Scope', 'Audience'])
      expect(screen.getByLabelText(label)).not.toBeNull();
    expect(screen.getByLabelText('Client secret').getAttribute('type')).toBe('password');
  });

  test('make client credentials of what was typed', async () => {
    const made = show();
    await userEvent.selectOptions(
      screen.getByLabelText('Authentication'),
      'OAuth 2.0 client credentials',
    );
    await userEvent.type(screen.getByLabelText('Client id'), 'signalbox');
    await userEvent.type(screen.getByLabelText('Client secret'), 's3cret');
    await userEvent.type(screen.getByLabelText('Token URL'), 'https://login.example.com/token');
    await userEvent.selectOptions(screen.getByLabelText('Secret is sent'), 'In the form');
    await userEvent.type(screen.getByLabelText('Scope'), 'a b');
    expect(made().auth).toEqual({
      type: 'oauth2',
      tokenUrl: 'https://login.example.com/token',
      clientId: 'signalbox',
      clientSecret: 's3cret',
      scope: 'a b',
      audience: null,
      clientAuthentication: 'client_secret_post',
    });
  });

  test('make TLS settings of a certificate and its key', async () => {
    const made = show();
    await userEvent.type(screen.getByLabelText('Client certificate'), 'CERTIFICATE');
    await userEvent.type(screen.getByLabelText('Private key'), 'KEY');
    expect(made().tls).toEqual({ clientCertificate: 'CERTIFICATE', clientKey: 'KEY' });
  });

  test('say when the stored certificate expires, and that its key is kept', () => {
    show({ form: { clientCertificate: 'C' }, storedTls: STORED_TLS });
    expect(screen.getByText(/The stored one expires/).textContent).toContain('in 40 d');
    expect(screen.getByText('Empty: the stored one stays.')).not.toBeNull();
    expect(screen.getByLabelText<HTMLTextAreaElement>('Private key').value).toBe('');
  });

  test('show a fault beside the field that it is about', () => {
    show({
      form: { authType: 'oauth2' },
      faults: {
        '/auth/tokenUrl': 'Use https: for this host.',
        '/tls/clientKey': 'It does not fit.',
      },
    });
    const fields = { 'Token URL': 'Use https: for this host.', 'Private key': 'It does not fit.' };
    for (const [label, fault] of Object.entries(fields)) {
      const field = screen.getByLabelText(label);
      expect(field.getAttribute('aria-invalid')).toBe('true');
      const note = field.getAttribute('aria-describedby') ?? '';
      expect(document.getElementById(note)?.textContent).toBe(fault);
    }
  });
});
