import type { ReactNode } from 'react';
import { useListTargetsQuery } from '../../api/targets.ts';
import { fieldsOf, type FieldsProps } from '../../lib/fields-of.ts';
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
export function SubscriptionFields(
  props: FieldsProps<SubscriptionForm> & {
    isStored: boolean;
    pattern: ReactNode;
    body: ReactNode;
  },
) {
  const { form, isStored, pattern, body } = props;
  const { data: targets = [] } = useListTargetsQuery(undefined);
  const field = fieldsOf(props);
  return (
    <>
      <FieldRow>
        <TextField label="Name" placeholder="orders to billing" {...field('name')} isRequired />
        {isStored ? (
          <ReadOnlyField
            label="Target"
            hint="Its deliveries belong to this target. For another one, make another subscription."
            value={targets.find(({ id }) => id === form.targetId)?.name ?? form.targetId}
          />
        ) : (
          <SelectField
            label="Target"
            {...field('targetId')}
            options={[
              ['', 'Choose a target'],
              ...targets.map(({ id, name }) => [id, name] as const),
            ]}
          />
        )}
      </FieldRow>
      {pattern}
      <FieldRow>
        <SelectField label="Transform" {...field('language')} options={LANGUAGES} />
        <SelectField label="State" {...field('state')} options={STATES} />
      </FieldRow>
      {body}
      {form.language !== 'none' && (
        <TextField
          label="Path"
          hint="Put after the URL of the target. Empty: nothing."
          isCode
          {...field('path', '/transform/path')}
        />
      )}
      <FieldRow>
        <TextField
          label="Ordering key"
          hint="An attribute such as subject, or a pointer such as /data/order/id: events with the same value are delivered one after the other. Empty: no order."
          isCode
          {...field('orderingKey')}
        />
        {form.orderingKey.trim() !== '' && (
          <SelectField
            label="After a dead letter of a key"
            {...field('onDeadLetter')}
            options={ON_DEAD_LETTER}
          />
        )}
      </FieldRow>
    </>
  );
}
