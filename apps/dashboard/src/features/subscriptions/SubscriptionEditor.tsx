import type { Event } from '@signalbox/api/contract';
import { useState } from 'react';
import type { FieldsProps } from '../../lib/fields-of.ts';
import { CodeEditor } from '../../ui/CodeEditor/CodeEditor.tsx';
import type { EditorFault } from '../../ui/CodeEditor/editor-types.ts';
import { Columns } from '../../ui/Columns/Columns.tsx';
import { Segments } from '../../ui/Segments/Segments.tsx';
import { Stack } from '../../ui/Stack/Stack.tsx';
import { Backtest } from './Backtest.tsx';
import { OneEvent } from './OneEvent.tsx';
import type { SubscriptionForm } from './subscription-form.ts';
import { SubscriptionFields } from './SubscriptionFields.tsx';
import { useExample } from './use-example.ts';
import { usePatternCheck, useTransformCheck } from './use-checks.ts';
import { useEventFields } from './use-event-fields.ts';

const TRIES = [
  ['one', 'One event'],
  ['many', 'Backtest'],
] as const;
const PLACEHOLDERS = {
  jsonata: '{ "order": data.orderId, "total": data.total }',
  template: '{ "order": {{ data.orderId }} }',
};

/** Pattern and transform on the left, what they do to real events on the right. */
export function SubscriptionEditor(
  props: FieldsProps<SubscriptionForm> & {
    /** It exists already: its target stays as it is. */
    isStored?: boolean;
    /** The stored event to try it on first. */
    firstExample?: Event | null;
  },
) {
  const { form, onChange, faultOf, isStored = false, firstExample = null } = props;
  const [tried, setTried] = useState<'one' | 'many'>('one');
  const example = useExample(firstExample);
  const fields = useEventFields();
  const pattern = usePatternCheck(form.pattern, example.text);
  const transform = useTransformCheck(form, example.text);
  const saved = (pointer: string): EditorFault[] => {
    const message = faultOf(pointer);
    return message === undefined ? [] : [{ message }];
  };
  return (
    <Columns second={1.1} gap={5}>
      <Stack>
        <SubscriptionFields
          form={form}
          onChange={onChange}
          faultOf={faultOf}
          isStored={isStored}
          pattern={
            <CodeEditor
              label="Pattern"
              language="json"
              completes="pattern"
              fields={fields}
              rows={10}
              value={form.pattern}
              onChange={(text) => {
                onChange({ ...form, pattern: text });
              }}
              faults={pattern.faults.length > 0 ? pattern.faults : saved('/pattern')}
            />
          }
          body={
            form.language !== 'none' && (
              <CodeEditor
                key={form.language}
                label="Body"
                language={form.language}
                completes="expression"
                fields={fields}
                rows={8}
                placeholder={PLACEHOLDERS[form.language]}
                value={form.body}
                onChange={(text) => {
                  onChange({ ...form, body: text });
                }}
                faults={transform.faults.length > 0 ? transform.faults : saved('/transform/body')}
              />
            )
          }
        />
      </Stack>
      <Stack>
        <Segments label="Try it on" value={tried} options={TRIES} onChange={setTried} />
        {tried === 'one' ? (
          <OneEvent form={form} example={example} pattern={pattern} transform={transform} />
        ) : (
          <Backtest form={form} />
        )}
      </Stack>
    </Columns>
  );
}
