import type { ReactNode } from 'react';
import { useListTargetsQuery } from '../../api/targets.ts';
import { FieldRow, ReadOnlyField, SelectField, TextField } from '../../ui/Field/Field.tsx';
import type { SubscriptionForm } from './subscription-form.ts';

const LANGUAGES = [
  ['none', 'None: in the format of the target'],
  ['jsonata', 'JSONata expression'],
  ['template', 'JSON template'],
] as const;
const STATES = [
  ['active', 'Active'],
  ['paused', 'Paused: matches nothing'],
] as const;
const ON_DEAD_LETTER = [
  ['skip', 'Go on with the next'],
  ['block', 'Stop until a person acts'],
] as const;

/** All members of a subscription in order; the editors of pattern and body are handed in. */
export function SubscriptionFields(props: {
  form: SubscriptionForm;
  onChange: (form: SubscriptionForm) => void;
  faultOf: (pointer: string) => string | undefined;
  isStored: boolean;
  pattern: ReactNode;
  body: ReactNode;
}) {
  const { form, onChange, faultOf, isStored, pattern, body } = props;
  const { data: targets = [] } = useListTargetsQuery(undefined);
  const set =
    <Name extends keyof SubscriptionForm>(name: Name) =>
    (value: SubscriptionForm[Name]) =>
      onChange({ ...form, [name]: value });
  return (
    <>
      <FieldRow>
        <TextField
          label="Name"
          placeholder="orders to billing"
          value={form.name}
          onChange={set('name')}
          fault={faultOf('/name')}
          isRequired
        />
        {isStored ? (
          <ReadOnlyField
            label="Target"
            hint="Its deliveries belong to this target. For another one, make another subscription."
            value={targets.find(({ id }) => id === form.targetId)?.name ?? form.targetId}
          />
        ) : (
          <SelectField
            label="Target"
            value={form.targetId}
            options={[
              ['', 'Choose a target'],
              ...targets.map(({ id, name }) => [id, name] as const),
            ]}
            onChange={set('targetId')}
            fault={faultOf('/targetId')}
          />
        )}
      </FieldRow>
      {pattern}
      <FieldRow>
        <SelectField
          label="Transform"
          value={form.language}
          options={LANGUAGES}
          onChange={set('language')}
        />
        <SelectField label="State" value={form.state} options={STATES} onChange={set('state')} />
      </FieldRow>
      {body}
      {form.language !== 'none' && (
        <TextField
          label="Path"
          hint="Put after the URL of the target. Empty: nothing."
          isCode
          value={form.path}
          onChange={set('path')}
          fault={faultOf('/transform/path')}
        />
      )}
      <FieldRow>
        <TextField
          label="Ordering key"
          hint="An attribute such as subject, or a pointer such as /data/order/id: events with the same value are delivered one after the other. Empty: no order."
          isCode
          value={form.orderingKey}
          onChange={set('orderingKey')}
          fault={faultOf('/orderingKey')}
        />
        {form.orderingKey.trim() !== '' && (
          <SelectField
            label="After a dead letter of a key"
            value={form.onDeadLetter}
            options={ON_DEAD_LETTER}
            onChange={set('onDeadLetter')}
          />
        )}
      </FieldRow>
    </>
  );
}
