import { ALERT_MEASURE_TRAITS, ALERT_MEASURES } from '@signalbox/api/alert-measures';
import { useListSourcesQuery } from '../../api/sources.ts';
import { useListTargetsQuery } from '../../api/targets.ts';
import { fieldsOf, type FieldsProps } from '../../lib/fields-of.ts';
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

export function RuleFields(props: FieldsProps<RuleForm>) {
  const { form, onChange } = props;
  const { data: targets = [] } = useListTargetsQuery(undefined);
  const { data: sources = [] } = useListSourcesQuery(undefined);
  const traits = ALERT_MEASURE_TRAITS[form.measure];
  const field = fieldsOf(props);
  const choose = (rows: readonly { id: string; name: string }[], what: string) => [
    ['', `Choose a ${what}`] as const,
    ...rows.map(({ id, name }) => [id, name] as const),
  ];
  return (
    <>
      <TextField label="Name" placeholder="Most attempts fail" {...field('name')} isRequired />
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
          {...field('scope')}
          options={traits.scopes.map((scope) => [scope, SCOPES[scope]])}
        />
        {form.scope === 'target' && (
          <SelectField label="Target" {...field('targetId')} options={choose(targets, 'target')} />
        )}
        {form.scope === 'source' && (
          <SelectField label="Source" {...field('sourceId')} options={choose(sources, 'source')} />
        )}
      </FieldRow>
      <FieldRow>
        <TextField
          label={`Raised ${traits.raisedWhen}${traits.unit === '' ? '' : ` (${traits.unit})`}`}
          type="number"
          min={0}
          step="any"
          {...field('threshold')}
          isRequired
        />
        {traits.hasWindow && (
          <TextField
            label="Over (min)"
            type="number"
            min={1}
            {...field('windowMinutes')}
            isRequired
          />
        )}
        <SelectField label="Severity" {...field('severity')} options={SEVERITIES} />
        <SelectField label="State" {...field('state')} options={STATES} />
      </FieldRow>
    </>
  );
}
