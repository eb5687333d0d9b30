import { ALERT_MEASURE_TRAITS, ALERT_MEASURES } from '@signalbox/api/alert-measures';
import { useListSourcesQuery } from '../../api/sources.ts';
import { useListTargetsQuery } from '../../api/targets.ts';
import { FieldRow, SelectField, TextField } from '../../ui/Field/Field.tsx';
import { withMeasure, type RuleForm } from './rule-form.ts';

const SCOPES = {
  all: 'All together',
  'each-target': 'Each target by itself',
  target: 'One target',
  source: 'One source',
} as const;
const SEVERITIES = [
  ['info', 'Info'],
  ['warning', 'Warning'],
  ['critical', 'Critical'],
] as const;
const STATES = [
  ['active', 'Active'],
  ['paused', 'Paused: raises nothing'],
] as const;

export function RuleFields(props: {
  form: RuleForm;
  onChange: (form: RuleForm) => void;
  faultOf: (pointer: string) => string | undefined;
}) {
  const { form, onChange, faultOf } = props;
  const { data: targets = [] } = useListTargetsQuery(undefined);
  const { data: sources = [] } = useListSourcesQuery(undefined);
  const traits = ALERT_MEASURE_TRAITS[form.measure];
  const set =
    <Name extends keyof RuleForm>(name: Name) =>
    (value: RuleForm[Name]) =>
      onChange({ ...form, [name]: value });
  const choose = (rows: readonly { id: string; name: string }[], what: string) => [
    ['', `Choose a ${what}`] as const,
    ...rows.map(({ id, name }) => [id, name] as const),
  ];
  return (
    <>
      <TextField
        label="Name"
        placeholder="Most attempts fail"
        value={form.name}
        onChange={set('name')}
        fault={faultOf('/name')}
        isRequired
      />
      <FieldRow>
        <SelectField
          label="Measure"
          value={form.measure}
          options={ALERT_MEASURES.map((name) => [name, ALERT_MEASURE_TRAITS[name].label])}
          onChange={(measure) => {
            onChange(withMeasure(form, measure));
          }}
        />
        <SelectField
          label="Of"
          value={form.scope}
          options={traits.scopes.map((scope) => [scope, SCOPES[scope]])}
          onChange={set('scope')}
          fault={faultOf('/scope')}
        />
        {form.scope === 'target' && (
          <SelectField
            label="Target"
            value={form.targetId}
            options={choose(targets, 'target')}
            onChange={set('targetId')}
          />
        )}
        {form.scope === 'source' && (
          <SelectField
            label="Source"
            value={form.sourceId}
            options={choose(sources, 'source')}
            onChange={set('sourceId')}
          />
        )}
      </FieldRow>
      <FieldRow>
        <TextField
          label={`Raised ${traits.raisedWhen}${traits.unit === '' ? '' : ` (${traits.unit})`}`}
          type="number"
          min={0}
          value={form.threshold}
          onChange={set('threshold')}
          fault={faultOf('/threshold')}
          isRequired
        />
        {traits.hasWindow && (
          <TextField
            label="Over (min)"
            type="number"
            min={1}
            value={form.windowMinutes}
            onChange={set('windowMinutes')}
            fault={faultOf('/windowMinutes')}
            isRequired
          />
        )}
        <SelectField
          label="Severity"
          value={form.severity}
          options={SEVERITIES}
          onChange={set('severity')}
        />
        <SelectField label="State" value={form.state} options={STATES} onChange={set('state')} />
      </FieldRow>
    </>
  );
}
