import type { Source, SourceKeyCreated } from '@signalbox/api/contract';
import { useState } from 'react';
import { problemOf } from '../../api/problem.ts';
import { useRefusal } from '../../api/roles.ts';
import { useCreateSourceKeyMutation, useCreateSourceMutation } from '../../api/sources.ts';
import { faultFinder } from '../../lib/fault-of.ts';
import { paths } from '../../lib/paths.ts';
import { ButtonLink } from '../../ui/Button/Button.tsx';
import { ButtonRow } from '../../ui/ButtonRow/ButtonRow.tsx';
import { Card } from '../../ui/Card/Card.tsx';
import { FormPage } from '../../ui/Form/FormPage.tsx';
import { Page } from '../../ui/Page/Page.tsx';
import { Stack } from '../../ui/Stack/Stack.tsx';
import { KeyShownOnce } from './KeyShownOnce.tsx';
import { EMPTY_SOURCE, formToSource } from './source-form.ts';
import { SourceFields } from './SourceFields.tsx';

const PARENT = { to: paths.sources, label: 'Sources' };

/** Makes a source together with its first key, which is shown this once. */
export function NewSource() {
  const [form, setForm] = useState(EMPTY_SOURCE);
  const [made, setMade] = useState<{ source: Source; key: SourceKeyCreated | null } | null>(null);
  const [create, creating] = useCreateSourceMutation();
  const [createKey, keyCreating] = useCreateSourceKeyMutation();
  const refusal = useRefusal('admin');
  const problem = problemOf(creating.error);

  async function submit(): Promise<void> {
    const source = await create(formToSource(form));
    if (source.data === undefined) return;
    const body = { name: 'first key' };
    const key = await createKey({ sourceId: source.data.id, body });
    setMade({ source: source.data, key: key.data ?? null });
  }

  if (made !== null) {
    return (
      <Page title={made.source.name} parent={PARENT} isNarrow>
        <Card title="The source is ready">
          <Stack gap={3}>
            {made.key === null ? (
              <p>Its first key could not be made. Make one on the source's own screen.</p>
            ) : (
              <KeyShownOnce created={made.key} />
            )}
            <ButtonRow>
              <ButtonLink look="primary" to={paths.events}>
                Watch events
              </ButtonLink>
              <ButtonLink to={paths.newTarget}>Make a target</ButtonLink>
              <ButtonLink look="quiet" to={paths.source(made.source.id)}>
                Open the source
              </ButtonLink>
            </ButtonRow>
          </Stack>
        </Card>
      </Page>
    );
  }
  return (
    <FormPage
      title="New source"
      parent={PARENT}
      submitLabel="Create source"
      isBusy={creating.isLoading || keyCreating.isLoading}
      problem={problem}
      refusal={refusal}
      onSubmit={() => void submit()}
    >
      <SourceFields form={form} onChange={setForm} faultOf={faultFinder(problem)} />
    </FormPage>
  );
}
