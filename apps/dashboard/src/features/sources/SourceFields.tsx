import { FieldRow, SelectField, TextArea, TextField } from '../../ui/Field/Field.tsx';
import type { SourceForm } from './source-form.ts';

const POLICIES = [
  ['off', 'Off: payloads are not checked'],
  ['warn', 'Warn: accept and note it'],
  ['quarantine', 'Quarantine: keep, deliver nothing'],
  ['reject', 'Reject: answer 422'],
] as const;
const STATES = [
  ['active', 'Active'],
  ['disabled', 'Disabled: its keys are refused'],
] as const;

export function SourceFields(props: {
  form: SourceForm;
  onChange: (form: SourceForm) => void;
  faultOf: (pointer: string) => string | undefined;
  withState?: boolean;
}) {
  const { form, onChange, faultOf, withState = false } = props;
  const set =
    <Name extends keyof SourceForm>(name: Name) =>
    (value: SourceForm[Name]) =>
      onChange({ ...form, [name]: value });
  return (
    <>
      <FieldRow>
        <TextField
          label="Name"
          placeholder="shop"
          value={form.name}
          onChange={set('name')}
          fault={faultOf('/name')}
          isRequired
        />
        <TextField
          label="Description"
          value={form.description}
          onChange={set('description')}
          fault={faultOf('/description')}
        />
      </FieldRow>
      <FieldRow>
        <TextArea
          label="Allowed event types"
          hint="One a line; * stands for any run. Empty: all."
          rows={2}
          isCode
          placeholder="order.*"
          value={form.allowedTypes}
          onChange={set('allowedTypes')}
          fault={faultOf('/allowedTypes')}
        />
        <TextArea
          label="Allowed source URIs"
          hint="What it may put into the CloudEvents source. Empty: only its own."
          rows={2}
          isCode
          value={form.allowedSources}
          onChange={set('allowedSources')}
          fault={faultOf('/allowedSources')}
        />
      </FieldRow>
      <FieldRow>
        <TextField
          label="Events a second"
          hint="Empty: the gateway's default."
          type="number"
          min={1}
          value={form.ratePerSecond}
          onChange={set('ratePerSecond')}
          fault={faultOf('/ratePerSecond')}
        />
        <SelectField
          label="Payloads that break the schema"
          value={form.schemaPolicy}
          options={POLICIES}
          onChange={set('schemaPolicy')}
        />
        {withState && (
          <SelectField label="State" value={form.state} options={STATES} onChange={set('state')} />
        )}
      </FieldRow>
    </>
  );
}
