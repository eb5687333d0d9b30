import type { Target } from '@signalbox/api/contract';
import { fieldsOf, type FieldsProps } from '../../lib/fields-of.ts';
import { FieldRow, SelectField, TextArea, TextField } from '../../ui/Field/Field.tsx';
import { AuthFields } from './AuthFields.tsx';
import type { TargetForm } from './target-form.ts';
import { TlsFields } from './TlsFields.tsx';
import styles from './Targets.module.css';

const METHODS = [
  ['POST', 'POST'],
  ['PUT', 'PUT'],
  ['PATCH', 'PATCH'],
] as const;
const FORMATS = [
  ['standard', 'Standard Webhooks'],
  ['cloudevents-structured', 'CloudEvents, structured'],
  ['cloudevents-binary', 'CloudEvents, binary'],
  ['data', 'The payload alone'],
] as const;
const SIGNATURES = [
  ['v1', 'v1: HMAC-SHA256'],
  ['v1 v1a', 'v1 and v1a: HMAC and Ed25519'],
  ['v1a', 'v1a: Ed25519'],
] as const;

export function TargetFields(
  props: FieldsProps<TargetForm> & { hasSecret?: boolean; storedTls?: Target['tls'] },
) {
  const { hasSecret = false, storedTls = null, ...fields } = props;
  const field = fieldsOf(props);
  return (
    <>
      <FieldRow>
        <TextField label="Name" placeholder="billing" {...field('name')} isRequired />
        <SelectField label="Method" {...field('method')} options={METHODS} />
      </FieldRow>
      <TextField
        label="URL"
        type="url"
        placeholder="https://billing.example.com/webhooks"
        {...field('url')}
        isRequired
      />
      <FieldRow>
        <SelectField label="Format" {...field('format')} options={FORMATS} />
        <SelectField label="Signatures" {...field('signatures')} options={SIGNATURES} />
      </FieldRow>
      <details className={styles.more}>
        <summary>Authentication, limits and retries</summary>
        <AuthFields {...fields} hasSecret={hasSecret} />
        <TlsFields {...fields} stored={storedTls} />
        <TextArea
          label="Further headers"
          hint="Name: value, one a line."
          rows={2}
          isCode
          {...field('headers')}
        />
        <FieldRow>
          <TextField
            label="Timeout in seconds"
            type="number"
            min={1}
            max={60}
            step="any"
            {...field('timeoutSeconds', '/timeoutMs')}
          />
          <TextField
            label="At the same time"
            type="number"
            min={1}
            max={500}
            {...field('maxConcurrency')}
          />
          <TextField
            label="Requests a second"
            hint="Empty: no limit."
            type="number"
            min={0}
            step="any"
            {...field('ratePerSecond')}
          />
        </FieldRow>
        <FieldRow>
          <TextField
            label="Retry after, in seconds"
            hint="The wait after the first, second … try. Empty: no retry."
            isCode
            {...field('retrySchedule', '/retry/scheduleSeconds')}
          />
          <TextField
            label="Codes that end it at once"
            hint="Besides the built-in ones, such as 400 and 422."
            isCode
            {...field('finalCodes', '/retry/finalCodes')}
          />
        </FieldRow>
      </details>
    </>
  );
}
