import type { Target } from '@signalbox/api/contract';
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

export function TargetFields(props: {
  form: TargetForm;
  onChange: (form: TargetForm) => void;
  faultOf: (pointer: string) => string | undefined;
  hasSecret?: boolean;
  storedTls?: Target['tls'];
}) {
  const { form, onChange, faultOf, hasSecret = false, storedTls = null } = props;
  const set =
    <Name extends keyof TargetForm>(name: Name) =>
    (value: TargetForm[Name]) =>
      onChange({ ...form, [name]: value });
  return (
    <>
      <FieldRow>
        <TextField
          label="Name"
          placeholder="billing"
          value={form.name}
          onChange={set('name')}
          fault={faultOf('/name')}
          isRequired
        />
        <SelectField
          label="Method"
          value={form.method}
          options={METHODS}
          onChange={set('method')}
        />
      </FieldRow>
      <TextField
        label="URL"
        type="url"
        placeholder="https://billing.example.com/webhooks"
        value={form.url}
        onChange={set('url')}
        fault={faultOf('/url')}
        isRequired
      />
      <FieldRow>
        <SelectField
          label="Format"
          value={form.format}
          options={FORMATS}
          onChange={set('format')}
        />
        <SelectField
          label="Signatures"
          value={form.signatures}
          options={SIGNATURES}
          onChange={set('signatures')}
        />
      </FieldRow>
      <details className={styles.more}>
        <summary>Authentication, limits and retries</summary>
        <AuthFields form={form} onChange={onChange} faultOf={faultOf} hasSecret={hasSecret} />
        <TlsFields form={form} onChange={onChange} faultOf={faultOf} stored={storedTls} />
        <TextArea
          label="Further headers"
          hint="Name: value, one a line."
          rows={2}
          isCode
          value={form.headers}
          onChange={set('headers')}
          fault={faultOf('/headers')}
        />
        <FieldRow>
          <TextField
            label="Timeout in seconds"
            type="number"
            min={1}
            max={60}
            value={form.timeoutSeconds}
            onChange={set('timeoutSeconds')}
            fault={faultOf('/timeoutMs')}
          />
          <TextField
            label="At the same time"
            type="number"
            min={1}
            max={500}
            value={form.maxConcurrency}
            onChange={set('maxConcurrency')}
            fault={faultOf('/maxConcurrency')}
          />
          <TextField
            label="Requests a second"
            hint="Empty: no limit."
            type="number"
            value={form.ratePerSecond}
            onChange={set('ratePerSecond')}
            fault={faultOf('/ratePerSecond')}
          />
        </FieldRow>
        <FieldRow>
          <TextField
            label="Retry after, in seconds"
            hint="The wait after the first, second … try. Empty: no retry."
            isCode
            value={form.retrySchedule}
            onChange={set('retrySchedule')}
            fault={faultOf('/retry/scheduleSeconds')}
          />
          <TextField
            label="Codes that end it at once"
            hint="Besides the built-in ones, such as 400 and 422."
            isCode
            value={form.finalCodes}
            onChange={set('finalCodes')}
            fault={faultOf('/retry/finalCodes')}
          />
        </FieldRow>
      </details>
    </>
  );
}
