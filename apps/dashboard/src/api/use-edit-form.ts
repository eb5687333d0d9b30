import { faultFinder } from '../lib/fault-of.ts';
import { useEdit } from '../lib/use-edit.ts';
import type { WithEtag } from './base-api.ts';
import { problemOf } from './problem.ts';
import { useRefusal } from './roles.ts';

type Mutation<Stored, Change> = readonly [
  (request: { id: string; etag: string | null; change: Change }) => PromiseLike<{
    data?: Stored | undefined;
  }>,
  { isLoading: boolean; error?: unknown },
];

/**
 * An admin's edit of a stored resource: what its fields and what the frame around them need. `changeOf` says what differs,
 * or null while that cannot be told. What the gateway stored is taken over, so that the next change starts from it.
 */
export function useEditForm<Resource extends { id: string }, Form, Change extends object>(
  stored: WithEtag<Resource>,
  toForm: (resource: Resource) => Form,
  changeOf: (form: Form, base: Resource) => Change | null,
  [update, { isLoading, error }]: Mutation<WithEtag<Resource>, Change>,
) {
  const { base, form, setForm, adopt, reload, isOutdated } = useEdit(stored, toForm);
  const problem = problemOf(error);
  const change = changeOf(form, base);
  async function save(): Promise<void> {
    if (change === null) return;
    const { data } = await update({ id: base.id, etag: base.etag, change });
    if (data !== undefined) adopt(data);
  }
  return {
    fields: { form, onChange: setForm, faultOf: faultFinder(problem) },
    frame: {
      change,
      isOutdated,
      onReload: reload,
      isBusy: isLoading,
      problem,
      refusal: useRefusal('admin'),
      onSubmit: () => void save(),
    },
  };
}
