import type { Target } from '@signalbox/api/contract';
import { fieldsOf, type FieldsProps } from '../../lib/fields-of.ts';
import { FieldRow, TextArea, TextField } from '../../ui/Field/Field.tsx';
import { Time } from '../../ui/Time/Time.tsx';
import type { TargetForm } from './target-form.ts';
import styles from './Targets.module.css';

const BLOCK = '-----BEGIN CERTIFICATE-----';

/** A client certificate for mutual TLS, and what the target's own certificate is checked against. */
export function TlsFields(props: FieldsProps<TargetForm> & { stored: Target['tls'] }) {
  const { faultOf, stored } = props;
  const field = fieldsOf(props);
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
          {...field('clientCertificate', '/tls/clientCertificate')}
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
          {...field('clientKey', '/tls/clientKey')}
        />
      </FieldRow>
      <FieldRow>
        <TextArea
          label="CA of the target"
          hint="PEM. Empty: the public ones."
          rows={4}
          isCode
          placeholder={BLOCK}
          {...field('ca', '/tls/ca')}
        />
        <TextField
          label="Server name"
          hint="The name in the target's certificate, where it is not the URL's."
          {...field('serverName', '/tls/serverName')}
        />
      </FieldRow>
    </details>
  );
}
