import type { ReplayPreviewRequest } from '@signalbox/api/contract';
import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { problemOf } from '../../api/problem.ts';
import { useCreateReplayMutation } from '../../api/replays.ts';
import { useRefusal } from '../../api/roles.ts';
import { faultFinder } from '../../lib/fault-of.ts';
import { paths } from '../../lib/paths.ts';
import { useUrlFilters } from '../../lib/url-filters.ts';
import { Card } from '../../ui/Card/Card.tsx';
import { Columns } from '../../ui/Columns/Columns.tsx';
import { Form } from '../../ui/Form/Form.tsx';
import { Page } from '../../ui/Page/Page.tsx';
import { DryRun } from './DryRun.tsx';
import {
  EMPTY_REPLAY,
  formToDestination,
  formToRate,
  missingIn,
  REPLAY_FILTERS,
  type ReplayMany,
  type ReplayOne,
} from './replay-form.ts';
import { ReplayFields } from './ReplayFields.tsx';
import { ReplayFilters } from './ReplayFilters.tsx';

const PARENT = { to: paths.replays, label: 'Replays' };

/** Chooses stored events and where they go, counts, and begins. */
export function NewReplay() {
  const url = useUrlFilters<ReplayMany, ReplayOne>(REPLAY_FILTERS);
  const [form, setForm] = useState(EMPTY_REPLAY);
  const [create, { isLoading, error }] = useCreateReplayMutation();
  const navigate = useNavigate();
  const refusal = useRefusal('operator');
  const problem = problemOf(error);
  const task = useMemo((): ReplayPreviewRequest | null => {
    const destination = formToDestination(form);
    return destination && { filter: url.filters, destination };
  }, [form, url.filters]);

  async function submit(): Promise<void> {
    if (task === null) return;
    const { data } = await create({ ...task, ratePerSecond: formToRate(form) });
    if (data !== undefined) await navigate(paths.replay(data.id));
  }
  return (
    <Page title="New replay" parent={PARENT}>
      <Card title="Which events">
        <ReplayFilters {...url} />
      </Card>
      <Columns>
        <Card title="Where to">
          <Form
            label="New replay"
            submitLabel="Start the replay"
            cancelTo={paths.replays}
            isBusy={isLoading}
            problem={problem}
            refusal={refusal ?? missingIn(form)}
            onSubmit={() => void submit()}
          >
            <ReplayFields form={form} onChange={setForm} faultOf={faultFinder(problem)} />
          </Form>
        </Card>
        <DryRun task={refusal === null ? task : null} />
      </Columns>
    </Page>
  );
}
