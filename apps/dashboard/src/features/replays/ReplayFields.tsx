import { useListSubscriptionsQuery } from '../../api/subscriptions.ts';
import { useListTargetsQuery } from '../../api/targets.ts';
import { fieldsOf, type FieldsProps } from '../../lib/fields-of.ts';
import { SelectField, TextField } from '../../ui/Field/Field.tsx';
import { Muted } from '../../ui/Muted/Muted.tsx';
import { toggled, type ReplayForm } from './replay-form.ts';
import styles from './Replays.module.css';

const TO = [
  ['original', 'To where they went when they came'],
  ['subscriptions', 'Through chosen subscriptions'],
  ['target', 'To one target, in its format'],
] as const;

/** Where a new replay goes and how fast. */
export function ReplayFields(props: FieldsProps<ReplayForm>) {
  const { form, onChange } = props;
  const field = fieldsOf(props);
  const { data: targets = [] } = useListTargetsQuery(undefined);
  return (
    <>
      <SelectField label="Where they go" {...field('to', '/destination')} options={TO} />
      {form.to === 'target' && (
        <SelectField
          label="Target"
          {...field('targetId')}
          options={[['', 'Choose a target'], ...targets.map(({ id, name }) => [id, name] as const)]}
          hint="A paused target makes the replay wait until it is resumed."
        />
      )}
      {form.to === 'subscriptions' && <SubscriptionChoices form={form} onChange={onChange} />}
      <TextField
        label="Deliveries a second"
        type="number"
        min={0.1}
        max={10_000}
        step="any"
        {...field('ratePerSecond')}
        hint="Empty: as fast as the targets take them."
      />
    </>
  );
}

function SubscriptionChoices(props: { form: ReplayForm; onChange: (form: ReplayForm) => void }) {
  const { form, onChange } = props;
  const { data: subscriptions = [] } = useListSubscriptionsQuery(undefined);
  return (
    <fieldset className={styles.choices}>
      <legend>Subscriptions</legend>
      {subscriptions.length === 0 && <Muted>There are none yet.</Muted>}
      {subscriptions.map(({ id, name, state }) => (
        <label key={id}>
          <input
            type="checkbox"
            checked={form.subscriptionIds.includes(id)}
            onChange={() => {
              onChange({ ...form, subscriptionIds: toggled(form.subscriptionIds, id) });
            }}
          />
          {name}
          {state === 'paused' && <Muted isInline>paused</Muted>}
        </label>
      ))}
    </fieldset>
  );
}
