import type { Target } from '@signalbox/api/contract';
import { FieldRow, TextArea, TextField } from '../../ui/Field/Field.tsx';
import { Time } from '../../ui/Time/Time.tsx';
import type { TargetForm } from './target-form.ts';
import styles from './Targets.module.css';
import type { TlsForm } from './tls-form.ts';

const BLOCK = '-----BEGIN CERTIFICATE-----';

/** A client certificate for mutual TLS, and what the target's own certificate is checked against. */
export function TlsFields(props: {
  form: TargetForm;
  onChange: (form: TargetForm) => void;
  faultOf: (pointer: string) => string | undefined;
  stored: Target['tls'];
}) {
  const { form, onChange, faultOf, stored } = props;
  const set = (member: keyof TlsForm) => (value: string) => {
    onChange({ ...form, [member]: value });
  };
  const expiresAt = stored?.clientCertificateExpiresAt ?? null;
  const isOpen = stored !== null || faultOf('/tls') !== undefined;
  return (
    <details className={styles.more} open={isOpen}>
      <summary>Client certificate (mutual TLS)</summary>
      <FieldRow>
        <TextArea
          label="Client certificate"
          hint={
            expiresAt === null ? (
              'PEM, with the certificates between it and its CA.'
            ) : (
              <>
                The stored one expires <Time at={expiresAt} />.
              </>
            )
          }
          rows={4}
          isCode
          placeholder={BLOCK}
          value={form.clientCertificate}
          onChange={set('clientCertificate')}
          fault={faultOf('/tls/clientCertificate')}
        />
        <TextArea
          label="Private key"
          hint={
            stored?.clientKeySet === true
              ? 'Empty: the stored one stays.'
              : 'PEM, without a passphrase.'
          }
          rows={4}
          isCode
          value={form.clientKey}
          onChange={set('clientKey')}
          fault={faultOf('/tls/clientKey')}
        />
      </FieldRow>
      <FieldRow>
        <TextArea
          label="CA of the target"
          hint="PEM. Empty: the public ones."
          rows={4}
          isCode
          placeholder={BLOCK}
          value={form.ca}
          onChange={set('ca')}
          fault={faultOf('/tls/ca')}
        />
        <TextField
          label="Server name"
          hint="The name in the target's certificate, where it is not the URL's."
          value={form.serverName}
          onChange={set('serverName')}
          fault={faultOf('/tls/serverName')}
        />
      </FieldRow>
    </details>
  );
}
