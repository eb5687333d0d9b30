import { useState } from 'react';
import { useListTargetsQuery } from '../../api/targets.ts';
import {
  FieldRow,
  ReadOnlyField,
  SelectField,
  TextArea,
  TextField,
} from '../../ui/Field/Field.tsx';
import { PatternCheck } from './PatternCheck.tsx';
import { readObject, type SubscriptionForm } from './subscription-form.ts';
import { TransformPreview } from './TransformPreview.tsx';
import styles from './Subscriptions.module.css';

const LANGUAGES = [
  ['none', 'None: in the format of the target'],
  ['jsonata', 'JSONata expression'],
  ['template', 'JSON template'],
] as const;
const STATES = [
  ['active', 'Active'],
  ['paused', 'Paused: matches nothing'],
] as const;
const PLACEHOLDERS = {
  jsonata: '{ "order": data.orderId, "total": data.total }',
  template: '{ "order": {{ data.orderId }} }',
};

/** Pattern and transform on the left, what they do to an example event on the right. */
export function SubscriptionEditor(props: {
  form: SubscriptionForm;
  onChange: (form: SubscriptionForm) => void;
  faultOf: (pointer: string) => string | undefined;
  example: string;
  /** It exists already: its target stays as it is. */
  isStored?: boolean;
}) {
  const { form, onChange, faultOf, isStored = false } = props;
  const [example, setExample] = useState(props.example);
  const { data: targets = [] } = useListTargetsQuery(undefined);
  const set =
    <Name extends keyof SubscriptionForm>(name: Name) =>
    (value: SubscriptionForm[Name]) =>
      onChange({ ...form, [name]: value });
  const event = readObject(example);
  const pattern = readObject(form.pattern);
  return (
    <div className={styles.editor}>
      <div className={styles.stack}>
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
        <TextArea
          label="Pattern"
          rows={10}
          isCode
          value={form.pattern}
          onChange={set('pattern')}
          fault={'fault' in pattern ? pattern.fault : faultOf('/pattern')}
        />
        <FieldRow>
          <SelectField
            label="Transform"
            value={form.language}
            options={LANGUAGES}
            onChange={set('language')}
          />
          <SelectField label="State" value={form.state} options={STATES} onChange={set('state')} />
        </FieldRow>
        {form.language !== 'none' && (
          <>
            <TextArea
              label="Body"
              rows={8}
              isCode
              placeholder={PLACEHOLDERS[form.language]}
              value={form.body}
              onChange={set('body')}
              fault={faultOf('/transform/body')}
            />
            <TextField
              label="Path"
              hint="Put after the URL of the target. Empty: nothing."
              isCode
              value={form.path}
              onChange={set('path')}
              fault={faultOf('/transform/path')}
            />
          </>
        )}
      </div>
      <div className={styles.stack}>
        <TextArea
          label="Example event"
          rows={10}
          isCode
          value={example}
          onChange={setExample}
          fault={'fault' in event ? event.fault : undefined}
        />
        {'value' in event && 'value' in pattern && (
          <PatternCheck pattern={pattern.value} event={event.value} />
        )}
        {'value' in event && form.language !== 'none' && form.body.trim() !== '' && (
          <TransformPreview form={form} event={event.value} />
        )}
      </div>
    </div>
  );
}
