import { fieldsOf, type FieldsProps } from '../../lib/fields-of.ts';
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

export function SourceFields(props: FieldsProps<SourceForm> & { withState?: boolean }) {
  const { withState = false } = props;
  const field = fieldsOf(props);
  return (
    <>
      <FieldRow>
        <TextField label="Name" placeholder="shop" {...field('name')} isRequired />
        <TextField label="Description" {...field('description')} />
      </FieldRow>
      <FieldRow>
        <TextArea
          label="Allowed event types"
          hint="One a line; * stands for any run. Empty: all."
          rows={2}
          isCode
          placeholder="order.*"
          {...field('allowedTypes')}
        />
        <TextArea
          label="Allowed source URIs"
          hint="What it may put into the CloudEvents source. Empty: only its own."
          rows={2}
          isCode
          {...field('allowedSources')}
        />
      </FieldRow>
      <FieldRow>
        <TextField
          label="Events a second"
          hint="Empty: the gateway's default."
          type="number"
          min={0}
          step="any"
          {...field('ratePerSecond')}
        />
        <SelectField
          label="Payloads that break the schema"
          {...field('schemaPolicy')}
          options={POLICIES}
        />
        {withState && <SelectField label="State" {...field('state')} options={STATES} />}
      </FieldRow>
    </>
  );
}
