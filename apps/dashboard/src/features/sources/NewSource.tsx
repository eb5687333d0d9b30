import type { Source, SourceKeyCreated } from '@signalbox/api/contract';
import { useState } from 'react';
import { useCreateSourceKeyMutation, useCreateSourceMutation } from '../../api/sources.ts';
import { useNewForm } from '../../api/use-new-form.ts';
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
  const [made, setMade] = useState<{ source: Source; key: SourceKeyCreated | null } | null>(null);
  const [createKey, keyCreating] = useCreateSourceKeyMutation();
  const { fields, frame } = useNewForm(
    EMPTY_SOURCE,
    formToSource,
    useCreateSourceMutation(),
    async (source) => {
      const key = await createKey({ sourceId: source.id, body: { name: 'first key' } });
      setMade({ source, key: key.data ?? null });
    },
  );

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
      {...frame}
      isBusy={frame.isBusy || keyCreating.isLoading}
    >
      <SourceFields {...fields} />
    </FormPage>
  );
}
